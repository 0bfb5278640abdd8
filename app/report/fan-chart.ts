import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, line } from 'd3-shape';
import { formatDate, formatNumber, type Language } from '../format.ts';
import { type Html, html } from './html.ts';

export interface HistoryPoint {
  ds: string;
  quantity: number;
}

export interface ForecastPoint {
  ds: string;
  mean: number;
  q05: number;
  q10: number;
  q25: number;
  q75: number;
  q90: number;
  q95: number;
}

export interface FanChartOptions {
  width: number;
  height: number;
  /** Read by screen readers. */
  label: string;
}

const MARGIN = { top: 8, right: 8, bottom: 22, left: 44 };
/** About the width of a date at the axis. */
const LABEL_WIDTH = 44;
const BANDS = [
  ['q05', 'q95', 'fan-90'],
  ['q10', 'q90', 'fan-80'],
  ['q25', 'q75', 'fan-50'],
] as const;

const timeOf = (ds: string): Date => new Date(`${ds.slice(0, 10)}T00:00:00Z`);
const round = (value: number): number => Math.round(value * 10) / 10;

/** Recent sales as a line, then the forecast's mean within its 50, 80 and 90 % bands. Deterministic SVG. */
export function fanChart(
  history: readonly HistoryPoint[],
  forecast: readonly ForecastPoint[],
  options: FanChartOptions,
): Html {
  const { width, height, label } = options;
  const days = [...history, ...forecast].map(({ ds }) => timeOf(ds).getTime());
  const top = Math.max(1e-9, ...history.map((point) => point.quantity), ...forecast.map((point) => point.q95));
  const x = scaleUtc([new Date(Math.min(...days)), new Date(Math.max(...days))], [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear([0, top], [height - MARGIN.bottom, MARGIN.top]).nice(4);

  const past = line<HistoryPoint>(
    (point) => round(x(timeOf(point.ds))),
    (point) => round(y(point.quantity)),
  );
  const mean = line<ForecastPoint>(
    (point) => round(x(timeOf(point.ds))),
    (point) => round(y(point.mean)),
  );
  const bands = BANDS.map(([low, high, name]) => {
    const band = area<ForecastPoint>(
      (point) => round(x(timeOf(point.ds))),
      (point) => round(y(point[low])),
      (point) => round(y(point[high])),
    );
    return html`<path class="${name}" d="${band(forecast)}"/>`;
  });
  const yTicks = y
    .ticks(4)
    .map(
      (tick) =>
        html`<g transform="translate(0,${round(y(tick))})"><line class="grid" x1="${MARGIN.left}" x2="${width - MARGIN.right}"/><text x="${MARGIN.left - 6}" dy="0.32em" text-anchor="end">${formatNumber(tick, 'en')}</text></g>`,
    );
  const xTicks = x.ticks(Math.max(3, Math.floor(width / 130))).map((tick) => {
    // a label at the very end would be cut off, so it ends there
    const anchor = x(tick) > width - LABEL_WIDTH / 2 ? 'end' : 'middle';
    const at = anchor === 'end' ? width : round(x(tick));
    return (['en', 'zh'] as const).map(
      (language) =>
        html`<text lang="${language}" x="${at}" y="${height - 6}" text-anchor="${anchor}">${shortDate(tick, language)}</text>`,
    );
  });
  const now = forecast[0] && round(x(timeOf(forecast[0].ds)));
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">${yTicks}${xTicks}${bands}<path class="history" d="${past(history)}"/><path class="mean" d="${mean(forecast)}"/>${now !== undefined && html`<line class="now" x1="${now}" x2="${now}" y1="${MARGIN.top}" y2="${height - MARGIN.bottom}"/>`}</svg>`;
}

/** Day and month: `1 Aug`, `8月1日`. */
function shortDate(day: Date, language: Language): string {
  return formatDate(day.toISOString(), language).replace(/ \d{4}$|^\d{4}年/, '');
}
