import { LeadtimeError } from '../../errors.ts';
import { rollCalendar } from '../forecast/calendar-regression/roll.ts';
import { LOCAL_MODELS } from '../forecast/local-models.ts';
import type { Panel } from '../panel.ts';
import { knownPanel, type Plans } from './known-panel.ts';

/** Forecasts of all series in the mornings of some periods. */
export interface OriginRequest {
  /** Ascending; what is costly to fit is fitted in the first one. */
  origins: number[];
  horizon: number;
  /** Models joined by `+`: their mean. */
  model: string;
}

const CALENDAR = 'calendar_regression';

/** Models that are cheap enough to be fitted every week of a replay, by name; the first one is used unless another is asked for. */
export const REPLAY_MODELS: readonly string[] = [CALENDAR, ...LOCAL_MODELS.map(({ name }) => name)];

/** @throws LeadtimeError `MODEL_UNKNOWN` */
export function checkModel(model: string): void {
  const unknown = model.split('+').find((name) => !REPLAY_MODELS.includes(name));
  if (unknown === undefined) return;
  throw new LeadtimeError(
    'MODEL_UNKNOWN',
    `A replay cannot forecast by "${unknown}".`,
    `The models are ${REPLAY_MODELS.join(', ')}; \`a+b\` is the mean of two.`,
    { value: unknown },
  );
}

/** Means of every series from the panel as it was known each morning, [origin][series][horizon]; the body of a worker task. */
export function forecastOrigins(
  { origins, horizon, model }: OriginRequest,
  { panel, plans }: { panel: Panel; plans: Plans },
): Float32Array[] {
  const names = model.split('+');
  const reach = Math.min(horizon, panel.periods + panel.horizon - origins.at(-1)!);
  const sums = origins.map(() => new Float32Array(panel.seriesCount * horizon));
  const add = (k: number, s: number, own: ArrayLike<number>): void => {
    if (panel.firstPeriod[s]! >= origins[k]!) return;
    for (let h = 0; h < horizon; h++) sums[k]![s * horizon + h]! += own[Math.min(h, reach - 1)]! / names.length;
  };
  const panelAt = (origin: number): Panel => knownPanel(panel, plans, origin);
  for (const name of names) {
    const local = LOCAL_MODELS.find((each) => each.name === name);
    if (!local) {
      rollCalendar(origins, reach, panelAt).forEach((mean, k) => {
        for (let s = 0; s < panel.seriesCount; s++) add(k, s, mean.subarray(s * reach, (s + 1) * reach));
      });
      continue;
    }
    const out = new Float64Array(reach);
    origins.forEach((origin, k) => {
      const known = panelAt(origin);
      for (let s = 0; s < panel.seriesCount; s++) {
        local.forecast(known, origin, reach, s, out);
        add(k, s, out);
      }
    });
  }
  return sums;
}
