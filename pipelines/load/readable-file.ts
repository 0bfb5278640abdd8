import type { SourceFile } from './sources.ts';

export interface FileColumn {
  /** As the file names it. */
  name: string;
  /** DuckDB type. */
  type: string;
}

/** A record that cannot be read at all. */
export interface BrokenRecord {
  ordinal: number;
  line: number;
  code: string;
  message: string;
  raw: string;
}

/** A file made readable for DuckDB, with its records counted by an independent reader. */
export interface OpenFile {
  file: SourceFile;
  records: number;
  columns: FileColumn[];
  /** SQL of a relation with columns c0, c1, ...; broken records are rows of NULLs, so that row i is record i. */
  relation: string;
  broken: BrokenRecord[];
  /** Line of record i is i + shift of the last jump that is not after it. */
  lines: { first: number; shift: number }[];
  /** Records by ascending ordinal: their line and text, and a relation with columns c0, c1, ... of just them. */
  pick(ordinals: Int32Array): Promise<{ lines: Float64Array; raw: string[]; relation: string }>;
}
