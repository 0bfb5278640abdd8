/** Where a problem was seen. Every field is optional; the ones that are known are printed. */
export interface ErrorPlace {
  file?: string;
  line?: number;
  table?: string;
  column?: string;
  series?: string;
  value?: string | number;
}

/**
 * A problem that Leadtime understands: a stable `code`, a sentence that names the thing and the value seen, and what to
 * do about it. The command line prints it and exits with 1; anything else thrown is unexpected and exits with 2.
 */
export class LeadtimeError extends Error {
  override readonly name = 'LeadtimeError';
  readonly code: string;
  readonly fix: string;
  readonly place: ErrorPlace;

  /**
   * @param code upper snake case, stable across versions, for programs (`CONFIG_UNKNOWN_KEY`)
   * @param message one sentence for people, naming the thing and the value seen
   * @param fix what to do, as an imperative sentence
   */
  constructor(code: string, message: string, fix: string, place: ErrorPlace = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.fix = fix;
    this.place = place;
  }

  toJSON(): Record<string, unknown> {
    return { code: this.code, message: this.message, fix: this.fix, ...this.place };
  }
}
