// Counts the records of delimited text and finds the ones whose structure is broken, 64 bytes at a time (WASM SIMD).
// Quote-aware as RFC 4180: a quote opens a value only at its start, a doubled quote inside one is a quote.
// A quote inside an unquoted value is taken as it stands. A line end is LF, CRLF or CR. An empty line is no record.

import { mask, prefixXor } from './record-scanner/masks.as';
import { isTextByte, isWithinCharacter, startText } from './record-scanner/utf8.as';

/** Bytes taken by one call of `scan`. */
export const inputBytes: i32 = 65536;
export const input: usize = heap.alloc(inputBytes);

/** Events of one call, 32 bytes each: index i32, line i32, start f64, end f64, code i32, fields i32. */
const EVENT_BYTES: usize = 32;
export const events: usize = heap.alloc(<usize>inputBytes * EVENT_BYTES * 2);
export let eventCount: i32 = 0;

const LINE_JUMP: i32 = 1;
const LONE_CR: i32 = 2;
const LOCATED: i32 = 3;
const TOO_FEW: i32 = 10;
const TOO_MANY: i32 = 11;
const STRAY_QUOTE: i32 = 12;
const INVALID_TEXT: i32 = 13;
const TOO_LARGE: i32 = 14;
const ALL_EMPTY: i32 = 15;

const FLAG_INVALID: i32 = 1;
const FLAG_QUOTE: i32 = 2;

const LF: u8 = 10;
const CR: u8 = 13;

// What the byte before was, outside of quotes.
const OTHER: i32 = 0;
const BOUNDARY: i32 = 1;
const CLOSED: i32 = 2;

let delimiter: u8 = 44;
let quote: u8 = 34;
let expected: i32 = 1;
let maxBytes: f64 = 1e6;
let checkText: bool = false;
let hasQuotes: bool = true;

let base: f64 = 0;
let recordStart: f64 = 0;
let recordLine: i32 = 1;
let line: i32 = 1;
let shift: i32 = 0;
let delims: i32 = 0;
let flags: i32 = 0;
let inQuote: bool = false;
let before: i32 = BOUNDARY;
let pendingCr: bool = false;
let quotedBreaks: i32 = 0;
let quotedDelims: i32 = 0;

/** Records so far. */
export let records: i32 = 0;
/** Whether a byte over 127 was seen since the host cleared it. */
export let sawHigh: i32 = 0;
/** Line ends by kind. */
export let lfCount: i32 = 0;
export let crlfCount: i32 = 0;
export let crCount: i32 = 0;
/** Line where the open quote began, and of the first value that looks as if its quote was never closed (0: none). */
export let quoteLine: i32 = 0;
export let suspectLine: i32 = 0;

/** Ordinals to locate, ascending. */
let wanted: usize = 0;
let wantedCount: i32 = 0;
let wantedAt: i32 = 0;
let nextWanted: i32 = -1;

export function clearHigh(): void {
  sawHigh = 0;
}

/**
 * @param start offset of the first byte of the first record; @param firstLine its line number
 * @param fields expected per record, 0: any; @param quoteByte 0: no quotes
 */
export function begin(
  start: f64,
  firstLine: i32,
  delimiterByte: i32,
  quoteByte: i32,
  fields: i32,
  maxRecordBytes: f64,
  validateText: i32,
): void {
  base = start;
  recordStart = start;
  recordLine = firstLine;
  line = firstLine;
  shift = firstLine;
  delimiter = <u8>delimiterByte;
  quote = <u8>quoteByte;
  hasQuotes = quoteByte != 0;
  expected = fields;
  maxBytes = maxRecordBytes;
  checkText = validateText != 0;
  delims = 0;
  flags = 0;
  inQuote = false;
  before = BOUNDARY;
  pendingCr = false;
  quotedBreaks = 0;
  quotedDelims = 0;
  startText();
  records = 0;
  sawHigh = 0;
  lfCount = 0;
  crlfCount = 0;
  crCount = 0;
  quoteLine = 0;
  suspectLine = 0;
  eventCount = 0;
  wantedCount = 0;
  wantedAt = 0;
  nextWanted = -1;
}

/** Memory for `count` ascending ordinals whose place is wanted; fill it before the first `scan`, then call `seek`. */
export function want(count: i32): usize {
  wanted = heap.alloc(<usize>count * 4);
  wantedCount = count;
  return wanted;
}

export function seek(): void {
  wantedAt = 0;
  nextWanted = wantedCount > 0 ? load<i32>(wanted) : -1;
}

function emit(code: i32, start: f64, end: f64): void {
  const at = events + <usize>eventCount * EVENT_BYTES;
  store<i32>(at, records);
  store<i32>(at, recordLine, 4);
  store<f64>(at, start, 8);
  store<f64>(at, end, 16);
  store<i32>(at, code, 24);
  store<i32>(at, delims + 1, 28);
  eventCount++;
}

/** Ends the record whose bytes are [recordStart, contentEnd); the next one starts at `next`. */
function endRecord(contentEnd: f64, next: f64): void {
  const length = contentEnd - recordStart;
  if (length > 0) {
    if (recordLine - records != shift) {
      shift = recordLine - records;
      emit(LINE_JUMP, recordStart, contentEnd);
    }
    let code = 0;
    if (flags & FLAG_QUOTE) code = STRAY_QUOTE;
    else if (flags & FLAG_INVALID || isWithinCharacter()) code = INVALID_TEXT;
    else if (length > maxBytes) code = TOO_LARGE;
    else if (expected > 0) {
      if (delims + 1 < expected) code = TOO_FEW;
      else if (delims + 1 > expected) code = TOO_MANY;
      else if (expected > 1 && length == <f64>delims) code = ALL_EMPTY;
    }
    if (code != 0) emit(code, recordStart, contentEnd);
    if (records == nextWanted) {
      emit(LOCATED, recordStart, contentEnd);
      wantedAt++;
      nextWanted = wantedAt < wantedCount ? load<i32>(wanted + (<usize>wantedAt << 2)) : -1;
    }
    records++;
  }
  line++;
  recordStart = next;
  recordLine = line;
  delims = 0;
  flags = 0;
  startText();
  before = BOUNDARY;
}

/** A quoted value that holds k line ends and k records' worth of delimiters swallowed k whole records. */
function checkClosed(stray: bool): void {
  if (quotedBreaks == 0) return;
  if (stray || (expected > 2 && quotedDelims == quotedBreaks * (expected - 1))) {
    if (suspectLine == 0) suspectLine = quoteLine;
  }
  quotedBreaks = 0;
}

function step(byte: u8, at: f64): void {
  if (pendingCr) {
    pendingCr = false;
    if (byte == LF) {
      crlfCount++;
      endRecord(at - 1, at + 1);
      return;
    }
    crCount++;
    emit(LONE_CR, at - 1, at);
    endRecord(at - 1, at);
  }
  if (byte == 0 || (checkText && !isTextByte(byte))) flags |= FLAG_INVALID;
  if (inQuote) {
    if (byte == quote) {
      inQuote = false;
      before = CLOSED;
    } else if (byte == LF) {
      line++;
      quotedBreaks++;
    } else if (byte == delimiter) quotedDelims++;
    return;
  }
  if (before == CLOSED) {
    if (byte == quote) {
      inQuote = true;
      before = OTHER;
      return;
    }
    const ends = byte == delimiter || byte == LF || byte == CR;
    checkClosed(!ends);
    if (!ends) flags |= FLAG_QUOTE;
    before = OTHER;
  }
  if (byte == delimiter) {
    delims++;
    before = BOUNDARY;
  } else if (byte == LF) {
    lfCount++;
    endRecord(at, at + 1);
  } else if (byte == CR) {
    pendingCr = true;
  } else if (hasQuotes && byte == quote && before == BOUNDARY) {
    inQuote = true;
    before = OTHER;
    quoteLine = line;
    quotedBreaks = 0;
    quotedDelims = 0;
  } else before = OTHER;
}

/** Takes 64 bytes whole where they hold nothing out of the ordinary; false: take them byte by byte. */
function block(at: usize, offset: f64): bool {
  if (pendingCr || quotedBreaks > 0) return false;
  const a = v128.load(at);
  const b = v128.load(at, 16);
  const c = v128.load(at, 32);
  const d = v128.load(at, 48);
  const any = v128.or(v128.or(a, b), v128.or(c, d));
  if (i8x16.bitmask(any) != 0) {
    sawHigh = 1;
    if (checkText) return false;
  }
  if (isWithinCharacter()) return false;
  const least = i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d));
  if (!i8x16.all_true(least)) return false;
  let lf = mask(a, b, c, d, LF);
  const cr = mask(a, b, c, d, CR);
  let delim = mask(a, b, c, d, delimiter);
  const quotes = hasQuotes ? mask(a, b, c, d, quote) : 0;
  let closes: u64 = 0;
  let inside: u64 = 0;
  if (quotes != 0 || inQuote || before == CLOSED) {
    inside = prefixXor(quotes) ^ (inQuote ? ~(<u64>0) : 0);
    if (lf & inside) return false;
    const opens = quotes & inside;
    closes = quotes & ~inside;
    const atBoundary = (((delim & ~inside) | lf) << 1) | <u64>(!inQuote && before == BOUNDARY);
    const afterClose = (closes << 1) | <u64>(!inQuote && before == CLOSED);
    if (opens & ~(atBoundary | afterClose)) return false;
    if (afterClose & ~(delim | lf | cr | quotes)) return false;
  }
  const crOutside = cr & ~inside;
  if (crOutside & ~(lf >> 1) & 0x7fffffffffffffff) return false;
  const delimInside = delim & inside;
  delim &= ~inside;
  let counted = 0;
  while (lf != 0) {
    const bit = ctz(lf);
    const seen = <i32>popcnt(delim & ((<u64>1 << bit) - 1));
    delims += seen - counted;
    counted = seen;
    const end = offset + <f64>(<i32>bit);
    const isCrlf = bit > 0 && ((crOutside >> (bit - 1)) & 1) != 0;
    if (isCrlf) crlfCount++;
    else lfCount++;
    endRecord(isCrlf ? end - 1 : end, end + 1);
    lf &= lf - 1;
  }
  delims += <i32>popcnt(delim) - counted;
  const wasInQuote = inQuote;
  inQuote = (inside >> 63) != 0;
  if (inQuote) {
    const opened = quotes & inside;
    if (opened != 0) {
      const last = 63 - clz(opened);
      quotedDelims = <i32>popcnt(delimInside & ~((<u64>1 << last) - 1));
      quoteLine = line;
      quotedBreaks = 0;
    } else if (wasInQuote) quotedDelims += <i32>popcnt(delimInside);
    before = OTHER;
  } else if (closes >> 63) before = CLOSED;
  else {
    const tail = load<u8>(at, 63);
    before = tail == delimiter || tail == LF ? BOUNDARY : OTHER;
    pendingCr = tail == CR;
  }
  return true;
}

/** Scans the first `length` bytes of `input`, which follow those of the call before. */
export function scan(length: i32): void {
  eventCount = 0;
  let at: i32 = 0;
  while (at + 64 <= length) {
    const place = input + <usize>at;
    if (!block(place, base + <f64>at)) {
      for (let i: i32 = 0; i < 64; i++) {
        const byte = load<u8>(place + <usize>i);
        if (byte >= 0x80) sawHigh = 1;
        step(byte, base + <f64>(at + i));
      }
    }
    at += 64;
  }
  for (; at < length; at++) {
    const byte = load<u8>(input + <usize>at);
    if (byte >= 0x80) sawHigh = 1;
    step(byte, base + <f64>at);
  }
  base += <f64>length;
}

/** Ends the text. Returns the line of the quote that was never closed, or 0. */
export function finish(): i32 {
  eventCount = 0;
  if (inQuote) return quoteLine;
  if (before == CLOSED) checkClosed(false);
  if (pendingCr) {
    pendingCr = false;
    crCount++;
    emit(LONE_CR, base - 1, base);
    endRecord(base - 1, base);
  } else if (base > recordStart) endRecord(base, base);
  return 0;
}
