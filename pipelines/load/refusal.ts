/** Why a file as a whole is not loaded; caught where the file's account is written. */
export class Refusal extends Error {
  readonly code: string;
  readonly fix: string;
  readonly line: number | undefined;
  /** Records counted before the file was given up. */
  records: number;

  constructor(code: string, message: string, fix: string, place: { line?: number; records?: number } = {}) {
    super(message);
    this.code = code;
    this.fix = fix;
    this.line = place.line;
    this.records = place.records ?? 0;
  }
}
