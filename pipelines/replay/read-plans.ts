import type { Panel } from '../../models/panel.ts';
import type { Plans } from '../../models/replay/known-panel.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

const shared = (bytes: number): ArrayBuffer => new SharedArrayBuffer(bytes) as unknown as ArrayBuffer;

/** What was planned, with the period from which on it was known; over shared memory. */
export async function readPlans(
  warehouse: Warehouse,
  { seriesCount, periods, horizon, promotionKind, price }: Panel,
): Promise<Plans> {
  await warehouse.build(['int_promotions', 'int_prices', 'int_sales_late']);
  const width = periods + horizon;
  const cells = (given: boolean): number => (given ? seriesCount * width : 0);
  const [promoted, priced] = [cells(promotionKind.length > 0), cells(price.length > 0)];
  const discount = new Float32Array(shared(promoted * 4)).fill(Number.NaN);
  const discountKnown = new Int16Array(shared(promoted * 2));
  const listPrice = new Float32Array(shared(priced * 4)).fill(Number.NaN);
  const listKnown = new Int16Array(shared(priced * 2));
  const PROMOTION = { series_idx: 'i32', period_idx: 'i32', discount: 'f32', known_idx: 'i32' } as const;
  await warehouse.stream('int_promotions', PROMOTION, [], (chunk, rows) => {
    for (let i = 0; i < rows; i++) {
      const at = chunk.series_idx[i]! * width + chunk.period_idx[i]!;
      discount[at] = chunk.discount[i]!;
      discountKnown[at] = chunk.known_idx[i]!;
    }
  });
  const PRICE = { series_idx: 'i32', from_idx: 'i32', to_idx: 'i32', price: 'f32', known_idx: 'i32' } as const;
  await warehouse.stream('int_prices', PRICE, ['series_idx', 'rank', 'from_idx'], (chunk, rows) => {
    for (let i = 0; i < rows; i++) {
      const row = chunk.series_idx[i]! * width;
      listPrice.fill(chunk.price[i]!, row + chunk.from_idx[i]!, row + chunk.to_idx[i]! + 1);
      listKnown.fill(chunk.known_idx[i]!, row + chunk.from_idx[i]!, row + chunk.to_idx[i]! + 1);
    }
  });
  const LATE = { series_idx: 'i32', period_idx: 'i32', known_idx: 'i32' } as const;
  const { rows, columns } = await warehouse.read('int_sales_late', LATE, ['series_idx', 'period_idx']);
  return {
    discount,
    discountKnown,
    listPrice,
    listKnown,
    lateCell: Int32Array.from({ length: rows }, (_, i) => columns.series_idx[i]! * periods + columns.period_idx[i]!),
    lateKnown: Int16Array.from({ length: rows }, (_, i) => columns.known_idx[i]!),
  };
}
