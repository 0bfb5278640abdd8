export interface NaiveRecord {
  line: number;
  fields: string[];
  isMalformed: boolean;
}

/** RFC 4180, one character after the other; an empty line is no record. Undefined: a quote stays open. */
export function naiveParse(text: string): NaiveRecord[] | undefined {
  const records: NaiveRecord[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const record: NaiveRecord = { line, fields: [], isMalformed: false };
    const start = at;
    let ended = false;
    while (!ended) {
      let field = '';
      if (text[at] === '"') {
        at++;
        for (;;) {
          if (at >= text.length) return undefined;
          if (text[at] === '"' && text[at + 1] === '"') {
            field += '"';
            at += 2;
          } else if (text[at] === '"') {
            at++;
            break;
          } else {
            if (text[at] === '\n') line++;
            field += text[at++];
          }
        }
        if (at < text.length && !',\r\n'.includes(text[at]!)) record.isMalformed = true;
      }
      while (at < text.length && !',\r\n'.includes(text[at]!)) field += text[at++];
      record.fields.push(field);
      if (text[at] === ',') at++;
      else ended = true;
    }
    if (at > start) records.push(record);
    if (text[at] === '\r') at++;
    if (text[at] === '\n' || (text[at - 1] === '\r' && text[at] !== '\n')) {
      if (text[at] === '\n') at++;
      line++;
    }
  }
  return records;
}
