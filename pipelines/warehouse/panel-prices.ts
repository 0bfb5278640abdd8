import type { Panel } from '../../models/panel.ts';
import type { Warehouse } from './warehouse.ts';

const shared = (bytes: number): ArrayBuffer => new SharedArrayBuffer(bytes) as unknown as ArrayBuffer;

/**
 * The price paid and the promotion of each series and period, past and planned.
 *
 * The regular price is the price list's, else the list price of the newest sale, else the newest price paid without a
 * promotion. The price paid is what sales say; where nothing was sold, and ahead, it is the regular price less the
 * promotion's discount. A promotion's depth is the planned one, else the sale's price against its list price; its kind is that of
 * the deepest one planned.
 */
export async function pricesAndPromotions(
  warehouse: Warehouse,
  seriesCount: number,
  periods: number,
  horizon: number,
): Promise<Pick<Panel, 'price' | 'discount' | 'promotionKind' | 'promotionKinds'>> {
  const width = periods + horizon;
  const cells = seriesCount * width;
  const price = new Float32Array(shared(cells * 4)).fill(Number.NaN);
  const discount = new Float32Array(shared(cells * 4));
  const promotionKind = new Uint8Array(shared(cells));
  const regular = new Float32Array(cells).fill(Number.NaN);
  const kinds = await promotionKinds(warehouse);
  let prices = 0;
  let promotions = 0;

  await warehouse.stream(
    'int_promotions',
    { series_idx: 'i32', period_idx: 'i32', discount: 'f32', kind_idx: 'i32' },
    [],
    (chunk, rows) => {
      for (let i = 0; i < rows; i++) {
        const at = chunk.series_idx[i]! * width + chunk.period_idx[i]!;
        discount[at] = chunk.discount[i]!;
        promotionKind[at] = kinds.codeOf(chunk.kind_idx[i]!);
      }
      promotions += rows;
    },
  );
  await warehouse.stream(
    'int_prices',
    { series_idx: 'i32', from_idx: 'i32', to_idx: 'i32', price: 'f32' },
    ['series_idx', 'rank', 'from_idx'],
    (chunk, rows) => {
      for (let i = 0; i < rows; i++) {
        const row = chunk.series_idx[i]! * width;
        regular.fill(chunk.price[i]!, row + chunk.from_idx[i]!, row + chunk.to_idx[i]! + 1);
      }
      prices += rows;
    },
  );
  await warehouse.stream(
    'int_sales',
    { series_idx: 'i32', period_idx: 'i32', unit_price: 'f32', list_price: 'f32', on_promotion: 'flag' },
    [],
    (chunk, rows) => {
      for (let i = 0; i < rows; i++) {
        const at = chunk.series_idx[i]! * width + chunk.period_idx[i]!;
        const paid = chunk.unit_price[i]!;
        const list = chunk.list_price[i]!;
        if (chunk.on_promotion[i] && !promotionKind[at]) {
          promotionKind[at] = kinds.codeOf(UNNAMED);
          if (paid < list) discount[at] = 1 - paid / list;
          promotions++;
        }
        if (!Number.isNaN(list) && Number.isNaN(regular[at])) regular[at] = list;
        if (Number.isNaN(paid)) continue;
        price[at] = paid;
        if (Number.isNaN(regular[at]) && !promotionKind[at]) regular[at] = paid;
        prices++;
      }
    },
  );

  if (prices > 0) for (let s = 0; s < seriesCount; s++) fillForward(price, regular, discount, s * width, width);
  return {
    price: prices > 0 ? price : new Float32Array(0),
    discount: promotions > 0 ? discount : new Float32Array(0),
    promotionKind: promotions > 0 ? promotionKind : new Uint8Array(0),
    promotionKinds: promotions > 0 ? kinds.names : [],
  };
}

/** `kind_idx` of a promotion whose kind is not told apart. */
const UNNAMED = -1;

/** Names of the kinds, and how a `kind_idx` is written in a panel; sales that only say "on promotion" are the kind `promotion`. */
async function promotionKinds(warehouse: Warehouse): Promise<{ names: string[]; codeOf(kind: number): number }> {
  const { columns } = await warehouse.read('int_promotion_kinds', { kind: 'text' }, ['kind_idx']);
  const names = columns.kind as string[];
  let unnamed = names.indexOf('promotion') + 1;
  return {
    names,
    codeOf(kind) {
      if (kind === UNNAMED && unnamed === 0) unnamed = names.push('promotion');
      return kind === UNNAMED ? unnamed : kind + 1;
    },
  };
}

function fillForward(
  price: Float32Array,
  regular: Float32Array,
  discount: Float32Array,
  row: number,
  width: number,
): void {
  let newest = Number.NaN;
  for (let at = row; at < row + width; at++) {
    if (!Number.isNaN(regular[at])) newest = regular[at]!;
    if (Number.isNaN(price[at])) price[at] = newest * (1 - discount[at]!);
  }
}
