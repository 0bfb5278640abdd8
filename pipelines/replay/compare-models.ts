import { seriesNodes } from '../../models/replay/error-nodes.ts';
import type { Plans } from '../../models/replay/known-panel.ts';
import type { ReplayCompany } from '../../models/replay/replay-products.ts';
import { costOf } from '../../models/replay/tally.ts';
import { windowErrors } from '../../models/replay/window-errors.ts';
import type { JobContext } from '../job.ts';
import { forecastWeeks } from './forecast-weeks.ts';
import { measureAll, playProducts } from './play-products.ts';
import type { ReplayRange } from './replay-range.ts';
import type { ModelOutcome } from './write-results.ts';

type Knowledge = Pick<ReplayCompany, 'forecasts' | 'measured'>;
type World = Omit<ReplayCompany, keyof Knowledge>;

/**
 * Replays our orders with the forecasts of each model and keeps what was known by the one that cost least; with one model nothing
 * is played. The choice is made with hindsight on the days replayed: trust it for days after them.
 */
export async function replayByModel(
  context: JobContext,
  world: World,
  plans: Plans,
  range: ReplayRange,
  names: readonly string[],
): Promise<{ knowledge: Knowledge; models: ModelOutcome[] }> {
  const tried: { knowledge: Knowledge; outcome: ModelOutcome }[] = [];
  for (const model of names) {
    const forecasts = await forecastWeeks(context, world.panel, plans, world.products, range, model);
    const measured = await measureAll(context, world.panel, world.products, forecasts, range);
    const knowledge = { forecasts, measured };
    if (names.length === 1) return { knowledge, models: [] };
    const { sums } = await playProducts(context, { ...world, ...knowledge }, ['economic'], `replay by ${model}`);
    const cost = sums[0]!.reduce((total, own) => total + costOf(own), 0);
    const nodes = seriesNodes(world.products, world.panel.seriesCount);
    const errors = windowErrors(world.panel, forecasts, nodes, range.base + range.days, range.origins.length);
    let [off, happened] = [0, 0];
    errors.actual.forEach((actual, i) => {
      off += Math.abs(actual - errors.forecast[i]!);
      happened += actual;
    });
    tried.push({ knowledge, outcome: { model, cost, wape: off / happened } });
  }
  const best = tried.reduce((least, each) => (each.outcome.cost < least.outcome.cost ? each : least));
  return { knowledge: best.knowledge, models: tried.map(({ outcome }) => outcome) };
}
