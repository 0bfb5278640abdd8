import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf } from '../data/day.ts';

/** A day on which a simulated company ran short of a product in a place. */
export interface CensoredDay {
  day: number;
  product: string;
  location: string;
  /** Units. */
  sold: number;
  wanted: number;
}

/** Demand behind the stock-outs of a sample company, as its truth has it. */
export function censoredTruth(project: string): CensoredDay[] {
  const lines = readFileSync(join(project, 'truth', 'demand_censored.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  return lines.map((line) => {
    const [date, product, location, sold, wanted] = line.split(',');
    return { day: dayOf(date!), product: product!, location: location!, sold: Number(sold), wanted: Number(wanted) };
  });
}
