import { closeSync, openSync, writeSync } from 'node:fs';
import { isoDateOf } from '../day.ts';

const BUFFER_BYTES = 1 << 20;
/** A field longer than this is never written here; a row is checked against it before each field. */
const FIELD_BYTES = 4096;
const COMMA = 44;
const NEWLINE = 10;
const DOT = 46;
const MINUS = 45;
const ZERO = 48;
const FALSE = Buffer.from('false');
const TRUE = Buffer.from('true');

/** A value of a cell; null and undefined leave it empty. */
export type Cell = string | number | boolean | null | undefined;

/**
 * Writes one CSV file in bounded memory: fields go as bytes into one preallocated buffer that is flushed when full.
 * Fields are separated as they come; `endRow` ends a row.
 */
export class CsvWriter {
  rows = 0;
  readonly #file: number;
  readonly #columns: readonly string[];
  readonly #buffer = Buffer.allocUnsafe(BUFFER_BYTES + FIELD_BYTES);
  #at = 0;
  #isFirst = true;

  constructor(path: string, columns: readonly string[]) {
    this.#file = openSync(path, 'w');
    this.#columns = columns;
    for (const column of columns) this.text(column);
    this.endRow();
    this.rows = 0;
  }

  #begin(): void {
    if (this.#isFirst) this.#isFirst = false;
    else this.#buffer[this.#at++] = COMMA;
  }

  /** An empty field. */
  empty(): this {
    this.#begin();
    return this;
  }

  /** Bytes that need no quotes, such as an encoded identifier or `a,b` for two fields. */
  bytes(value: Uint8Array): this {
    this.#begin();
    this.#buffer.set(value, this.#at);
    this.#at += value.length;
    return this;
  }

  text(value: string): this {
    this.#begin();
    const quoted = /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
    this.#at += this.#buffer.write(quoted, this.#at, FIELD_BYTES);
    return this;
  }

  boolean(value: boolean): this {
    return this.bytes(value ? TRUE : FALSE);
  }

  #digits(value: number): void {
    let divisor = 1;
    while (value / divisor >= 10) divisor *= 10;
    for (let rest = value; divisor >= 1; divisor /= 10) {
      const digit = Math.floor(rest / divisor);
      this.#buffer[this.#at++] = ZERO + digit;
      rest -= digit * divisor;
    }
  }

  integer(value: number): this {
    this.#begin();
    if (value < 0) this.#buffer[this.#at++] = MINUS;
    this.#digits(Math.abs(value));
    return this;
  }

  /** Whole cents, written as money with two places. */
  cents(value: number): this {
    this.#begin();
    if (value < 0) this.#buffer[this.#at++] = MINUS;
    const cents = Math.abs(value);
    this.#digits(Math.floor(cents / 100));
    this.#buffer[this.#at++] = DOT;
    this.#buffer[this.#at++] = ZERO + Math.floor((cents % 100) / 10);
    this.#buffer[this.#at++] = ZERO + (cents % 10);
    return this;
  }

  endRow(): void {
    this.#buffer[this.#at++] = NEWLINE;
    this.#isFirst = true;
    this.rows++;
    if (this.#at >= BUFFER_BYTES / 2) this.#flush();
  }

  /** A whole row, for small tables. Numbers are written as JavaScript prints them. */
  row(cells: readonly Cell[]): void {
    if (cells.length !== this.#columns.length) {
      throw new RangeError(`a row of ${cells.length} cells for ${this.#columns.length} columns`);
    }
    for (const cell of cells) {
      if (cell === null || cell === undefined) this.empty();
      else this.text(String(cell));
    }
    this.endRow();
  }

  /** The same by the names of columns; those not named stay empty. */
  record(cells: Readonly<Record<string, Cell>>): void {
    const unknown = Object.keys(cells).find((name) => !this.#columns.includes(name));
    if (unknown !== undefined) throw new RangeError(`there is no column ${unknown}`);
    this.row(this.#columns.map((name) => cells[name]));
  }

  #flush(): void {
    for (let from = 0; from < this.#at; ) from += writeSync(this.#file, this.#buffer, from, this.#at - from);
    this.#at = 0;
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }
}

/** The ISO dates of `count` days from `startDay` as bytes, so that a date costs one copy. */
export function encodedDates(startDay: number, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, t) => Buffer.from(isoDateOf(startDay + t)));
}
