import type { Market } from '../../models/elasticity/market.ts';
import type { Panel } from '../../models/panel.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** A panel knows at most so many kinds apart; promotions of further kinds count as the last one. */
const MOST_KINDS = 250;

/** Adds to the panel what kind of promotion ran; sales that only say "on promotion" are the kind `promotion`. */
export async function readMarket(warehouse: Warehouse, panel: Panel): Promise<Market> {
  if (panel.onPromotion.length === 0) return { panel, kinds: [], promotionKind: new Uint8Array(0) };
  await warehouse.build(['int_promotion_kinds']);
  const { rows, columns } = await warehouse.read(
    'int_promotion_kinds',
    { series_idx: 'i32', period_idx: 'i32', kind: 'text' },
    ['series_idx', 'period_idx'],
  );
  const kinds = [...new Set([...(columns.kind as string[]), 'promotion'])].sort().slice(0, MOST_KINDS);
  const numbers = new Map(kinds.map((kind, i) => [kind, i + 1]));
  const buffer = new SharedArrayBuffer(panel.onPromotion.length) as unknown as ArrayBuffer;
  const promotionKind = new Uint8Array(buffer);
  const unnamed = numbers.get('promotion') ?? kinds.length;
  for (let i = 0; i < promotionKind.length; i++) if (panel.onPromotion[i] === 1) promotionKind[i] = unnamed;
  const width = panel.periods + panel.horizon;
  for (let i = 0; i < rows; i++) {
    promotionKind[columns.series_idx[i]! * width + columns.period_idx[i]!] =
      numbers.get(columns.kind[i]!) ?? kinds.length;
  }
  return { panel, kinds, promotionKind };
}
