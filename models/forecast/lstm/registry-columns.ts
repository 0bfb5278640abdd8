import type { Feature } from '../features/feature.ts';
import { featuresOf } from '../features/registry.ts';
import { finite } from '../features/table.ts';
import type { Timeline } from '../features/timeline.ts';
import { Vantage } from '../features/vantage.ts';

/** Writes the numeric features of the registry, those that the trees learn from; NaN where one is not known. */
export interface RegistryColumns {
  names: { fixed: string[]; ahead: string[] };
  /** Stands at `origin`, up to which the timeline must have been fed. */
  stand(series: number, origin: number): void;
  writeFixed(into: Float32Array, start: number): void;
  writeAhead(into: Float32Array, start: number, target: number): void;
}

/** Features of the origin are fixed columns, those of the target are known ahead. Entities have learned vectors instead. */
export function registryColumns(timeline: Timeline): RegistryColumns {
  const at = new Vantage(timeline);
  const numeric = featuresOf(timeline).filter(({ kind }) => kind === 'numeric');
  const fixed = numeric.filter(({ scope }) => scope === 'origin');
  const ahead = numeric.filter(({ scope }) => scope === 'target');
  const write = (features: readonly Feature[], into: Float32Array, start: number): void => {
    for (let i = 0; i < features.length; i++) into[start + i] = finite(features[i]!.value(at));
  };
  return {
    names: { fixed: fixed.map(({ name }) => name), ahead: ahead.map(({ name }) => name) },
    stand: (series, origin) => at.stand(series, origin),
    writeFixed: (into, start) => write(fixed, into, start),
    writeAhead(into, start, target) {
      at.target = target;
      write(ahead, into, start);
    },
  };
}
