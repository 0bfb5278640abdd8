import type { Panel } from '../../panel.ts';
import { panelWithoutMacro } from '../drivers/switch-off.ts';
import type { OriginForecast } from '../forecaster.ts';
import { type Rounds, shareDone, trainingRounds } from '../training-rounds.ts';
import { type LstmForecast, type LstmOptions, openSession } from './lstm-session.ts';
import { decodeModel, encodeModel, type LstmModel, requireFit } from './model-file.ts';

export interface LstmTraining extends LstmOptions {
  /** Learns from sales before this period. */
  cutoff: number;
  seed: number;
}

export interface LstmRequest extends LstmOptions, Rounds {
  seed: number;
  /** A model from `trainLstm`, used instead of training one. */
  model?: Uint8Array;
  /** Whether to tell what macro indicators do to the last origin. */
  isTakenApart?: boolean;
}

/**
 * Forecasts all series with one network over all of them: an LSTM over each series' recent past, corrected for what is
 * known ahead (weekday, events, promotions, prices, closures, the same time last year), on top of a decomposition into
 * level, weekday and effects. Trained once, on what lies before the first origin, and used so for all of them, unless it is to learn
 * on: then a short training on all that is known by then goes on from the weights it has. The forecast from an origin depends on
 * no sales from it on.
 *
 * @param onProgress called with the share done, 0 to 1
 * @returns means in units, finite and not negative, in the order of `origins`; 0 for a series without any sale before, and
 *   where the location is closed
 * @throws LeadtimeError where `request.model` is damaged, foreign, or made for other features
 */
export async function forecastLstm(
  panel: Panel,
  request: LstmRequest,
  onProgress?: (fraction: number) => void,
): Promise<LstmForecast[]> {
  const { origins, seed } = request;
  const kept = request.model && decodeModel(request.model);
  const forecasts: LstmForecast[] = [];
  let model: LstmModel | undefined;
  for (const round of trainingRounds(request)) {
    const session = await openSession(panel, round[0]!, {
      vocabulary: kept?.vocabulary,
      ...request,
      goOnFrom: model,
    });
    const trained: LstmModel =
      kept ??
      session.train(session.collect(seed), seed, (done) =>
        onProgress?.(shareDone(request, forecasts.length, round, done)),
      );
    requireFit(trained, session.shape, session.features.names);
    for (const origin of round) {
      const forecast = session.forecast(trained, origin);
      const seen = panelWithoutMacro(panel, origin, request);
      forecasts.push(
        seen ? { ...forecast, without: { macro: session.forecast(trained, origin, seen).mean } } : forecast,
      );
      onProgress?.(forecasts.length / origins.length);
    }
    session.close();
    model = trained;
  }
  return forecasts;
}

/** Trains the network of `forecastLstm` and gives it as bytes, to be kept and used again. */
export async function trainLstm(panel: Panel, training: LstmTraining): Promise<Uint8Array> {
  const session = await openSession(panel, training.cutoff, training);
  const model = session.train(session.collect(training.seed), training.seed);
  session.close();
  return encodeModel(model);
}

/** The worker task: as `forecastLstm`, over the panel that all tasks share. */
export function forecastLstmTask(
  request: LstmRequest,
  { panel }: { panel: Panel },
  _meter: unknown,
  onProgress?: (fraction: number) => void,
): Promise<OriginForecast[]> {
  return forecastLstm(panel, request, onProgress);
}
