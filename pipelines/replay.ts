import { dayOf } from '../data/day.ts';
import { LeadtimeError } from '../errors.ts';
import type { Panel } from '../models/panel.ts';
import { bestVariants, type PolicyOutcome } from '../models/replay/choose-variant.ts';
import { BASELINE_POLICY, type StockPolicyName, variantsOf } from '../models/replay/policies.ts';
import type { Job, JobContext, JobResult } from './job.ts';
import { type CompanyPast, companyPast, setReplayVariables } from './replay/company.ts';
import { replayByModel } from './replay/compare-models.ts';
import { type Played, playProducts } from './replay/play-products.ts';
import { readDemand } from './replay/read-demand.ts';
import { readPlans } from './replay/read-plans.ts';
import { readProducts } from './replay/read-products.ts';
import { type ReplayOptions, replayOptions } from './replay/replay-options.ts';
import { type ReplayRange, replayRange } from './replay/replay-range.ts';
import { summariseReplay } from './replay/summary.ts';
import { type ReplayOutcome, writeModels, writeOrders, writeOutcomes } from './replay/write-results.ts';
import { readPanel } from './warehouse/panel.ts';

/** Policies that all others are compared with, and ours, whose orders are kept: always played. */
const ALWAYS: readonly StockPolicyName[] = ['economic', BASELINE_POLICY, 'perfect_foresight'];

/** The company played forward on its own past: what orders would have cost, by policy. */
export const replayJob: Job = {
  name: 'replay',
  needs: ['load'],
  requires: [['sales', 'orders'], ['stock']],
  marts: ['mart_replay', 'mart_replay_order', 'mart_replay_model'],
  async run(context: JobContext) {
    const { warehouse, config, asOf, progress, seed } = context;
    const options = replayOptions(config, asOf, context.entry.replay);
    progress.update('replay: reading the past');
    const panel = await readPanel(warehouse, config, asOf);
    const range = rangeOf(panel, options, context.entry.replay !== undefined);
    if (!range) return nothingReplayed(warehouse, panel);
    await setReplayVariables(warehouse, panel, range);
    const plans = await readPlans(warehouse, panel);
    const products = await readProducts(warehouse, config.restock, asOf, panel, range);
    if (products.length === 0) return nothingReplayed(warehouse, panel);
    const wanted = await readDemand(context, panel, range);

    const { base, days, stretches } = range;
    const world = { panel, base, days, stretches, products, demand: wanted[0]!.demand, seed };
    const { knowledge, models } = await replayByModel(context, world, plans, range, options.models);
    const policies = [...new Set([...ALWAYS, ...options.policies])];
    const variants = policies.flatMap(variantsOf);
    const played: Played[] = [];
    const past: CompanyPast[] = [];
    for (const { name, demand } of wanted) {
      const title = name === 'known' || name === 'estimate' ? 'replay' : `replay of ${name} demand`;
      played.push(await playProducts(context, { ...world, ...knowledge, demand }, variants, title));
      past.push(await companyPast(context, panel, products, demand, range));
    }
    // the setting that is best with hindsight is chosen once, on the middle case
    const best = bestVariants(variants, played[0]!.sums);
    const sumsIn = (which: number, outcome: PolicyOutcome): Float64Array[] => {
      const name = `${outcome.policy} ${outcome.setting}`.trim();
      return (played[which] ?? played[0]!).sums[variants.indexOf(name)]!;
    };
    const outcomes: ReplayOutcome[] = best.map((outcome) => ({
      ...outcome,
      lower: sumsIn(1, outcome),
      upper: sumsIn(2, outcome),
      hasOrders: true,
    }));
    if (options.policies.includes('company') && past[0]!.hasStock) {
      const [middle, lower = middle, upper = middle] = past;
      outcomes.push({
        policy: 'company',
        setting: '',
        sums: middle!.sums,
        lower: lower!.sums,
        upper: upper!.sums,
        hasOrders: middle!.hasOrders,
      });
    }
    progress.update('replay: writing');
    await writeOutcomes(warehouse, outcomes, range, panel, wanted[0]!.name);
    await writeOrders(warehouse, products, played[0]!.orders, base, panel);
    await writeModels(warehouse, models);
    await warehouse.build(replayJob.marts);
    return summariseReplay(outcomes, played[0]!.orders, products, range, wanted[0]!.name);
  },
};

/** The days to replay; undefined where nobody asked for a replay and history is too short for the usual one. */
function rangeOf(panel: Panel, { from, to }: ReplayOptions, isAsked: boolean): ReplayRange | undefined {
  try {
    return replayRange(panel, dayOf(from), dayOf(to));
  } catch (error) {
    if (isAsked || !(error instanceof LeadtimeError) || error.code !== 'REPLAY_EMPTY') throw error;
    return undefined;
  }
}

/** Leaves empty relations, so that nothing of an earlier replay stays. */
async function nothingReplayed(warehouse: JobContext['warehouse'], panel: Panel): Promise<JobResult> {
  await warehouse.build(['int_restock_pair']);
  await writeOutcomes(warehouse, [], { stretches: [], days: 0, base: 0 }, panel, '');
  await writeOrders(warehouse, [], [], 0, panel);
  await writeModels(warehouse, []);
  await warehouse.build(replayJob.marts);
  return {
    counts: { days: 0 },
    notes: ['Nothing was replayed: history is too short, or neither margin nor cost of keeping stock is known.'],
  };
}
