import type { Language } from './format.ts';
import { bracketed, listed } from './phrases.ts';

const NAMES: Record<string, Record<Language, string>> = {
  economic: { en: 'our orders', zh: '我方订单' },
  company: { en: 'what the company did', zh: '公司实际' },
  min_max: { en: 'min / max', zh: '最小／最大库存' },
  recent_mean: { en: 'recent mean', zh: '近期均值' },
  z_sigma: { en: 'best z x sigma x root L', zh: '最优 z×σ×√L' },
  perfect_foresight: { en: 'perfect foresight', zh: '全知' },
};

const KINDS: Record<string, Record<Language, string>> = {
  levels: { en: 'up to level', zh: '补至水位' },
  lots: { en: 'in lots', zh: '按经济批量' },
};

/** A replayed policy as people call it, with the setting that was best. */
export function policyName(policy: string, setting: string | null, language: Language): string {
  const name = NAMES[policy]?.[language] ?? policy;
  const [z, kind] = (setting ?? '').split(' ');
  if (!z) return name;
  const how = KINDS[kind ?? '']?.[language] ?? kind;
  return bracketed(name, listed([`z ${z}`, String(how)], language), language);
}
