import type { StockProduct } from '../../../models/replay/stock-product.ts';
import type { SupplyTerms } from '../../../models/restock/supply-terms.ts';

interface Shop {
  opening?: number;
  leadDays?: number;
  leadSdDays?: number;
  holding?: number;
  shortage?: number;
  orderCost?: number;
  packSize?: number;
  shelfLifeDays?: number;
  unitCost?: number;
  stores?: number;
  /** Units in a warehouse that serves the stores; left out: there is none. */
  warehouse?: number;
}

/** A product with daily review in some stores, and in a warehouse behind them. Series are numbered as the stores are. */
export function shopOf(shop: Shop): StockProduct {
  const { opening = 0, leadDays = 1, holding = 0.01, shortage = 1, unitCost = 1, stores = 1 } = shop;
  const terms: SupplyTerms = {
    leadDays,
    leadSdDays: shop.leadSdDays ?? 0,
    reviewDays: 1,
    orderCost: shop.orderCost ?? 0,
    holdingPerUnitDay: holding,
    shortagePerUnit: shortage,
    holdingEstimate: holding,
    shortageEstimate: shortage,
    serviceLevel: 0.95,
    serviceKind: 'cycle_service',
    unitCost,
    shelfLifeDays: shop.shelfLifeDays ?? Number.POSITIVE_INFINITY,
    endsInDays: Number.POSITIVE_INFINITY,
    packSize: shop.packSize ?? 1,
    minOrderQuantity: 0,
  };
  const hasWarehouse = shop.warehouse !== undefined;
  const locations = Array.from({ length: stores }, (_, s) => ({
    pair: s,
    series: s,
    supplier: hasWarehouse ? stores : -1,
    terms,
    endDay: Number.POSITIVE_INFINITY,
    openingUnits: opening,
    openingDay: 0,
  }));
  if (hasWarehouse)
    locations.push({ ...locations[0]!, pair: stores, series: -1, supplier: -1, openingUnits: shop.warehouse! });
  return {
    product: 0,
    locations,
    unitCost,
    unitPrice: 2 * unitCost,
    shelfLifeDays: shop.shelfLifeDays ?? Number.POSITIVE_INFINITY,
    isCount: true,
  };
}
