import type { Row } from '../../pipelines/warehouse/warehouse.ts';
import { formatDate, formatNumber, type Language } from '../format.ts';
import { explainWords } from '../phrases/explain.ts';
import { DRIVER_WORDS } from '../phrases.ts';
import { padded, width } from './output.ts';
import { sparkline } from './sparkline.ts';

const BAR = 24;
/** Units, over the horizon or in a period, below which a driver is not shown. */
const LEAST = 0.05;

/**
 * What made a forecast, as lines of text: for each driver its units over the horizon, a bar to the left for what it takes away and
 * to the right for what it adds, and where it acts most. Bars share one scale; the units add up to the last line.
 *
 * @param rows one per period, a column per driver and `mean`
 */
export function driverChart(rows: readonly Row[], language: Language): string[] {
  const sum = (name: string): number => rows.reduce((total, row) => total + Number(row[name]), 0);
  const drivers = Object.entries(DRIVER_WORDS)
    .map(([name, words]) => ({ name, label: words[language], total: sum(name) }))
    .filter(({ name, total }) => name === 'level' || Math.abs(total) >= LEAST);
  const top = Math.max(1e-9, ...drivers.map(({ total }) => Math.abs(total)));
  const below = Math.max(0, ...drivers.map(({ total }) => -total));
  const left = Math.ceil((BAR * below) / top);
  const units = (value: number): string => `${value < 0 ? '' : '+'}${formatNumber(value, language)}`;
  const widest = Math.max(...drivers.map(({ label }) => width(label)));
  const lines = drivers.map(({ name, label, total }) => {
    const length = Math.round((BAR * Math.abs(total)) / top);
    const bar =
      total < 0 ? `${' '.repeat(left - length)}${'░'.repeat(length)}` : `${' '.repeat(left)}${'█'.repeat(length)}`;
    const most = name === 'level' || name === 'trend' ? '' : peakOf(rows, name, language);
    return `    ${padded(label, widest)}  ${units(total).padStart(9)}  ${bar.padEnd(left + BAR)}  ${most}`.trimEnd();
  });
  const total = sum('mean');
  const label = explainWords[language].ahead;
  lines.push(
    `    ${padded(label, widest)}  ${formatNumber(total, language).padStart(9)}  ${sparkline(rows.map((row) => Number(row.mean)))}`,
  );
  return lines;
}

/** The period in which a driver acts most; empty where it hardly does. */
function peakOf(rows: readonly Row[], name: string, language: Language): string {
  const peak = rows.reduce((most, row) => (Math.abs(Number(row[name])) > Math.abs(Number(most[name])) ? row : most));
  const value = Number(peak[name]);
  if (Math.abs(value) < LEAST) return '';
  const text = `${value < 0 ? '' : '+'}${formatNumber(value, language)}`;
  return explainWords[language].most(formatDate(String(peak.ds), language), text);
}
