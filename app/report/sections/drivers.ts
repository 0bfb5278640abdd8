import { formatNumber, formatPercent } from '../../format.ts';
import { DRIVER_WORDS } from '../../phrases.ts';
import { both, type Html, html } from '../html.ts';
import { section, table } from '../page.ts';
import { number, type SnapshotRows } from '../snapshot-rows.ts';

const WIDTH = 320;
const HEIGHT = 14;

/** What the forecast of everything is made of, beside the level of the last four weeks. */
export async function driverSection(rows: SnapshotRows): Promise<Html> {
  if (!rows.has('mart_forecast_driver')) return html``;
  const [total] = await rows.read('driver_total');
  const level = number(total!, 'level');
  const drivers = Object.entries(DRIVER_WORDS)
    .filter(([name]) => name !== 'level')
    .map(([name, words]) => ({ words, units: number(total!, name) }));
  const top = Math.max(1e-9, ...drivers.map(({ units }) => Math.abs(units)));
  const signed = (value: number, shown: string): string => `${value > 0 && /[1-9]/.test(shown) ? '+' : ''}${shown}`;
  return section(
    both('Why', '预测的构成'),
    both(
      `The forecast of ${formatNumber(number(total!, 'mean'), 'en', 0)} units is the level of the last four weeks, ${formatNumber(level, 'en', 0)} units, and what is added to it or taken away. The parts add up exactly; those of one product: leadtime explain.`,
      `预测共 ${formatNumber(number(total!, 'mean'), 'zh', 0)} 件：最近四周的水平 ${formatNumber(level, 'zh', 0)} 件，加减以下各项，合计完全相等。单个产品见 leadtime explain。`,
    ),
    table(drivers, [
      { title: both('What', '因素'), cell: ({ words }) => both(words.en, words.zh) },
      {
        title: both('Units', '件数'),
        kind: 'number',
        cell: ({ units }) => signed(units, formatNumber(units, 'en', 0)),
      },
      {
        title: both('Of the level', '占水平'),
        kind: 'number',
        cell: ({ units }) => (level > 0 ? signed(units, formatPercent(units / level, 'en')) : ''),
      },
      { title: html``, cell: ({ words, units }) => signedBar(units / top, words.en) },
    ]),
  );
}

/** A bar from the middle: to the right for more, to the left for less; `value` from -1 to 1. */
function signedBar(value: number, label: string): Html {
  const middle = WIDTH / 2;
  const length = Math.abs(value) * middle;
  const x = value < 0 ? middle - length : middle;
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}"><rect class="track" width="${WIDTH}" height="${HEIGHT}"/><rect class="${value < 0 ? 'less' : 'fill'}" x="${x.toFixed(1)}" width="${length.toFixed(1)}" height="${HEIGHT}"/></svg>`;
}
