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

const unreadable = (error: unknown): Refusal => {
  const text = (error as Error).message.split('\n')[0]!;
  const truncated = /too small|No magic bytes|footer|end of file/i.test(text);
  return new Refusal(
    truncated ? 'TRUNCATED_FILE' : 'CORRUPT_FILE',
    `the file cannot be read: ${text}`,
    'Copy or export the file again; it did not arrive whole.',
  );
};

/** Runs a query over a file; what DuckDB cannot read becomes a Refusal. */
export async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (
      error instanceof Error &&
      /^(Invalid Input|IO|Serialization|Conversion|TProtocol|Invalid|ZSTD)\b/i.test(error.message)
    ) {
      throw unreadable(error);
    }
    throw error;
  }
}
