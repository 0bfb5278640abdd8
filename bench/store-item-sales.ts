import { join } from 'node:path';
import { type Actuals, actualsOf } from './actuals.ts';
import { readGzippedCsv } from './csv.ts';
import { sharedFolder } from './run-cli.ts';

export const STORE_ITEM = join(sharedFolder, 'data', 'store_item');
/** The scored days, from the last morning whose horizon the data holds. */
export const STORE_ITEM_DAYS = 90;
export const STORE_ITEM_MORNING = '2017-07-03';

/** What was sold in the scored days, by item and store. */
export function storeItemActuals(morning: string): Actuals {
  const rows = readGzippedCsv(join(STORE_ITEM, 'train.csv.gz')).slice(1);
  return actualsOf(
    rows.map(([day, store, item, sold]) => [`${item}@${store}`, day!, Number(sold)]),
    morning,
    STORE_ITEM_DAYS,
  );
}
