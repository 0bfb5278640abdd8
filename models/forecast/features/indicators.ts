import type { Panel } from '../../panel.ts';
import { type Feature, fromPast } from './feature.ts';

/** Macro indicators as they were known in the morning of the origin, against a quarter and a year before. */
export function indicatorFeatures(panel: Panel): Feature[] {
  const { names, values } = panel.indicators;
  const known = (row: number, t: number): number =>
    t >= 0 ? values[row * panel.periods + Math.min(t, panel.periods - 1)]! : Number.NaN;
  return names.flatMap((name, row) =>
    [91, 364].map((days) =>
      fromPast(0, {
        name: `${name}_change_${days}_days`,
        unit: 'fraction of its size then',
        source: 'indicators',
        scope: 'origin',
        value: (at) => {
          const then = known(row, at.origin - at.spanOf(days));
          return (known(row, at.origin) - then) / Math.max(Math.abs(then), 1e-9);
        },
      }),
    ),
  );
}
