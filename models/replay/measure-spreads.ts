import type { Panel } from '../panel.ts';
import { fitSpreads, type SummedSeries } from '../restock/fit-spread.ts';
import type { Spread } from '../restock/spread.ts';
import { volumeSegments } from '../restock/volume-segments.ts';
import { seriesNodes, serverNodes } from './error-nodes.ts';
import type { OriginForecasts } from './origin-forecasts.ts';
import type { StockProduct } from './stock-product.ts';
import { windowErrors } from './window-errors.ts';

/** Newest origins whose errors count. */
const ORIGINS = 12;
/** Periods between the origins of long windows, which overlap and prove little more by being many. */
const LONG_SPACING = 21;

/** When spreads are measured. */
export interface SpreadRequest {
  /** Morning of the panel before which windows must be over. */
  at: number;
}

/** How demand scattered about its forecast, as far as was known by a morning. */
export interface MeasuredSpread {
  /** Per series. */
  series: Spread[];
  /** By number of the pair, of locations that serve others. */
  servers: Map<number, Spread>;
}

/** Spreads from the windows that were over by a morning; the body of a worker task. */
export function measureSpreads(
  { at }: SpreadRequest,
  { panel, products, forecasts }: { panel: Panel; products: StockProduct[]; forecasts: OriginForecasts },
): MeasuredSpread {
  const isCount = products.every((product) => product.isCount);
  const { origins, horizon, means } = forecasts;
  const newest =
    means[
      Math.max(
        0,
        origins.findLastIndex((origin) => origin <= at),
      )
    ]!;
  const demandOf = ({ series, periods }: SummedSeries): number => {
    let sum = 0;
    for (const s of series) for (let h = 0; h < Math.min(horizon, periods); h++) sum += newest[s * horizon + h]!;
    return sum;
  };
  const spreadsOf = (nodes: readonly SummedSeries[], spacing: number): Spread[] => {
    const segments = volumeSegments(nodes.map(demandOf));
    return fitSpreads(windowErrors(panel, forecasts, nodes, at, ORIGINS, spacing), segments, isCount);
  };
  const servers = serverNodes(products);
  const spreads = servers.length > 0 ? spreadsOf(servers, LONG_SPACING) : [];
  return {
    series: spreadsOf(seriesNodes(products, panel.seriesCount), 1),
    servers: new Map(servers.map(({ pair }, i) => [pair, spreads[i]!])),
  };
}
