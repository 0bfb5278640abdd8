import { scaleLinear } from 'd3-scale';
import { formatPercent } from '../format.ts';
import { type Html, html } from './html.ts';

export interface Bar {
  label: Html | string;
  /** Between 0 and 1. */
  value: number;
  /** A mark to compare with, between 0 and 1. */
  reference?: number;
}

const WIDTH = 320;
const HEIGHT = 14;
/** Width of the mark, drawn at about half of this. */
const MARK = 6;

/** One horizontal bar from 0 to 1, with a tick where the reference lies. */
export function fractionBar({ value, reference }: Omit<Bar, 'label'>, label: string): Html {
  const x = scaleLinear([0, 1], [0, WIDTH]).clamp(true);
  const tick = reference === undefined ? undefined : x(reference);
  const mark =
    tick !== undefined &&
    html`<rect class="reference" x="${(tick - MARK / 2).toFixed(1)}" width="${MARK}" height="${HEIGHT}"/>`;
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}: ${formatPercent(value, 'en')}"><rect class="track" width="${WIDTH}" height="${HEIGHT}"/><rect class="fill" width="${x(value).toFixed(1)}" height="${HEIGHT}"/>${mark}</svg>`;
}
