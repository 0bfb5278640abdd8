import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf, type EpochDay, isoDateOf } from '../../data/day.ts';
import { writeAtomically } from '../files.ts';

export interface JournalRecord {
  date: string;
  status: 'start' | 'running' | 'done' | 'failed' | 'missed';
  /** How often the date was begun; more than one after a crash. */
  attempts: number;
  /** Sequence of the run in the ledger, or the error's code. */
  outcome?: string;
}

/** What became of each logical date of one schedule entry: one small file a date, so that no crash loses another's. */
export class Journal {
  readonly #folder: string;

  constructor(folder: string, entryName: string) {
    this.#folder = join(folder, encodeURIComponent(entryName));
    mkdirSync(this.#folder, { recursive: true });
  }

  records(): JournalRecord[] {
    return readdirSync(this.#folder)
      .filter((name) => /^\d{4}-\d{2}-\d{2}\.json$/.test(name))
      .sort()
      .map((name) => JSON.parse(readFileSync(join(this.#folder, name), 'utf8')) as JournalRecord);
  }

  /** The newest settled date; a date that was begun and not finished is not settled. Undefined before the first start. */
  settledThrough(): EpochDay | undefined {
    const records = this.records();
    const open = records.find((record) => record.status === 'running');
    if (open) return dayOf(open.date) - 1;
    const newest = records.at(-1);
    return newest && dayOf(newest.date);
  }

  isSettled(day: EpochDay): boolean {
    const record = this.#read(day);
    return record !== undefined && record.status !== 'running';
  }

  note(day: EpochDay, status: JournalRecord['status'], outcome?: string): void {
    const date = isoDateOf(day);
    const attempts = (this.#read(day)?.attempts ?? 0) + (status === 'running' ? 1 : 0);
    writeAtomically(join(this.#folder, `${date}.json`), `${JSON.stringify({ date, status, attempts, outcome })}\n`);
  }

  #read(day: EpochDay): JournalRecord | undefined {
    const file = join(this.#folder, `${isoDateOf(day)}.json`);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as JournalRecord) : undefined;
  }
}
