import { openSnapshot } from '../../pipelines/snapshot/snapshot-reader.ts';
import type { Manifest } from '../../pipelines/snapshot/snapshot-store.ts';
import { formatDate } from '../format.ts';
import { both, html } from './html.ts';
import { page } from './page.ts';
import { accuracySection } from './sections/accuracy.ts';
import { alertSection } from './sections/alerts.ts';
import { customerSections } from './sections/customers.ts';
import { discountSection } from './sections/discounts.ts';
import { driverSection } from './sections/drivers.ts';
import { forecastSection } from './sections/forecasts.ts';
import { inputSection } from './sections/inputs.ts';
import { lostSalesSection } from './sections/lost-sales.ts';
import { replaySection } from './sections/replay.ts';
import { restockSection } from './sections/restock.ts';
import { tiles } from './sections/tiles.ts';
import { workOrderSection } from './sections/work-orders.ts';
import { SnapshotRows } from './snapshot-rows.ts';

/**
 * The report of a snapshot as one self-contained HTML page in English and 中文. The same snapshot gives the same bytes.
 *
 * @param folder of the snapshot, with the Parquet files that its manifest names
 */
export async function renderReport(folder: string, manifest: Manifest): Promise<string> {
  const reader = await openSnapshot(folder, manifest);
  try {
    const rows = new SnapshotRows(reader, manifest);
    const body = [
      await tiles(rows),
      await forecastSection(rows),
      await driverSection(rows),
      await restockSection(rows),
      await workOrderSection(rows),
      await replaySection(rows),
      await lostSalesSection(rows),
      await discountSection(rows),
      ...(await customerSections(rows)),
      await alertSection(rows),
      await accuracySection(rows),
      await inputSection(rows),
      html`<footer>${both(`Run ${manifest.run_id}, Leadtime ${manifest.version}, seed ${manifest.seed}.`, `运行 ${manifest.run_id}，Leadtime ${manifest.version}，随机种子 ${manifest.seed}。`)}</footer>`,
    ];
    const subtitle = both(
      `Decisions for the morning of ${formatDate(manifest.as_of, 'en')}`,
      `${formatDate(manifest.as_of, 'zh')} 早晨的决策`,
    );
    return page(manifest.name, subtitle, body);
  } finally {
    reader.close();
  }
}
