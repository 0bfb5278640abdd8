import type { Panel } from '../../panel.ts';
import { type LinearPart, linearPart } from '../arima/linear-part.ts';
import { isClosed } from '../demand.ts';
import { panelWithoutMacro } from '../drivers/switch-off.ts';
import type { OriginForecast } from '../forecaster.ts';
import { heldOutFrom, splitAt } from '../lstm/hold-out.ts';
import { type LstmOptions, type LstmSession, openSession } from '../lstm/lstm-session.ts';
import type { LstmModel } from '../lstm/model-file.ts';
import type { Windows } from '../lstm/window-shape.ts';
import { type Rounds, shareDone, trainingRounds } from '../training-rounds.ts';
import { horizonWeights } from './horizon-weights.ts';
import { linearRatio, withLinearPart } from './linear-features.ts';

export interface ArimaLstmRequest extends LstmOptions, Rounds {
  seed: number;
  /** Whether to tell what macro indicators do to the last origin. */
  isTakenApart?: boolean;
}

/** Series up to which the hybrid takes part: the ARIMAX of each takes about 15 ms, more than all the rest. */
const UP_TO_SERIES = 500;

/** Whether the hybrid is worth its time on a panel. */
export const isArimaLstmWorthwhile = ({ seriesCount }: Panel): boolean => seriesCount <= UP_TO_SERIES;

/** Fewer windows than this say nothing about weights. */
const MIN_HELD_OUT = 64;

/**
 * Forecasts all series with an ARIMA-LSTM hybrid: an ARIMAX of each series for the linear part, one LSTM over all series for
 * what that leaves, and the two put together with a weight for each period ahead (after Zhang 2003, with the LSTM's
 * correction as a factor). The weights are learned on the last weeks before the first origin, from a network that did
 * not see them and an ARIMAX fitted before them; the network used has then learned from all. Trained once, on what lies
 * before the first origin, unless it is to learn on, as `forecastLstm` does, with ARIMAX fitted anew. The forecast from an origin
 * depends on no sales from it on.
 *
 * @param onProgress called with the share done, 0 to 1
 * @returns means in units, finite and not negative, [series][horizon] for each origin in the order given; 0 where closed and
 *   for a series without any sale before
 */
export async function forecastArimaLstm(
  panel: Panel,
  request: ArimaLstmRequest,
  onProgress?: (fraction: number) => void,
): Promise<OriginForecast[]> {
  const { origins, horizon, seed } = request;
  const forecasts: OriginForecast[] = [];
  let weights: Float64Array | undefined;
  let model: LstmModel | undefined;
  for (const round of trainingRounds(request)) {
    const heldOut = heldOutFrom(panel, round[0]!, horizon);
    const linear = linearPart(panel, heldOut);
    const session = await openSession(panel, round[0]!, { ...request, goOnFrom: model }, (features, decomposition) =>
      withLinearPart(features, linear, decomposition, horizon),
    );
    const windows = session.collect(seed);
    weights ??= learnWeights(session, windows, heldOut, seed);
    model = session.train(windows, seed, (done) => onProgress?.(shareDone(request, forecasts.length, round, done)));
    for (const origin of round) {
      const mean = meanAt(panel, { session, model, linear, weights }, origin);
      const seen = panelWithoutMacro(panel, origin, request);
      const macro = seen && meanAt(panel, { session, model, linear, weights }, origin, seen);
      forecasts.push(macro ? { origin, mean, without: { macro } } : { origin, mean });
    }
    onProgress?.(forecasts.length / origins.length);
    session.close();
  }
  return forecasts;
}

/** The parts of a trained hybrid. */
interface Hybrid {
  session: LstmSession;
  model: LstmModel;
  linear: LinearPart;
  /** Of the network's correction, [horizon]. */
  weights: Float64Array;
}

function meanAt(panel: Panel, { session, model, linear, weights }: Hybrid, origin: number, seen?: Panel): Float32Array {
  const { mean, scale } = session.forecast(model, origin, seen);
  const { length: horizon } = weights;
  const means = new Float64Array(horizon);
  for (let s = 0; s < panel.seriesCount; s++) {
    if (!(scale[s]! > 0)) continue;
    linear.ahead(s, origin, means);
    for (let h = 0; h < horizon; h++) {
      const at = s * horizon + h;
      const start = scale[s]! * linearRatio(means[h]!, scale[s]!);
      if (!isClosed(panel, s, origin + h)) mean[at] = start + weights[h]! * (mean[at]! - start);
    }
  }
  return mean;
}

/** Weights by period ahead from the newest windows, by a network that learned from those whose targets lie before them. */
function learnWeights(session: LstmSession, windows: Windows, heldOut: number, seed: number): Float64Array {
  const { horizon, aheadWidth } = session.shape;
  const { before, after } = splitAt(windows, session.shape, heldOut);
  if (before.count === 0 || after.count < MIN_HELD_OUT) return new Float64Array(horizon).fill(1);
  const model = session.train(before, seed, undefined, 1);
  const linear = Float32Array.from({ length: after.count * horizon }, (_, i) => Math.exp(after.ahead[i * aheadWidth]!));
  return horizonWeights(after, linear, session.ratios(model, after), horizon);
}

/** The worker task: as `forecastArimaLstm`, over the panel that all tasks share. */
export function forecastArimaLstmTask(
  request: ArimaLstmRequest,
  { panel }: { panel: Panel },
  _meter: unknown,
  onProgress?: (fraction: number) => void,
): Promise<OriginForecast[]> {
  return forecastArimaLstm(panel, request, onProgress);
}
