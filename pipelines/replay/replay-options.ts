import type { Config } from '../../data/contract/config.ts';
import { type EpochDay, isoDateOf } from '../../data/day.ts';
import { checkModel } from '../../models/replay/forecast-origin.ts';
import type { StockPolicyName } from '../../models/replay/policies.ts';
import { parsePolicies } from '../../models/replay/policies.ts';

/** What a replay was asked for; what is left out comes from the config. */
export interface ReplayAsked {
  /** First and last day that count, ISO dates. */
  from?: string;
  to?: string;
  policies?: string[];
  /** Models to forecast with; of several the one whose orders cost least. */
  models?: string[];
}

/** The same with everything in place. */
export interface ReplayOptions {
  from: string;
  to: string;
  policies: StockPolicyName[];
  models: string[];
}

/** @throws LeadtimeError `POLICY_UNKNOWN`, `MODEL_UNKNOWN` */
export function replayOptions(config: Config, asOf: EpochDay, asked: ReplayAsked = {}): ReplayOptions {
  const models = asked.models ?? [config.replay.model];
  for (const model of models) checkModel(model);
  return {
    from: asked.from ?? isoDateOf(asOf - config.replay.days),
    to: asked.to ?? isoDateOf(asOf - 1),
    policies: parsePolicies(asked.policies ?? []),
    models,
  };
}
