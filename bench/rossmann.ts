import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { quoteText } from '../pipelines/warehouse/columns.ts';
import { sqlText } from '../pipelines/warehouse/sql-files.ts';
import { Warehouse } from '../pipelines/warehouse/warehouse.ts';
import { leadtime, scratchFolder, sharedFolder } from './run-cli.ts';

const AS_OF = '2015-06-20';
const HORIZON = 42;
const CUTOFFS = 4;
/** Sums that a store orders by. */
const TOTAL_DAYS = 30;

/** The forecast job on Rossmann, its backtest, and the median of store x weekday x promotion at the same cutoffs. */
const folder = scratchFolder('rossmann');
const data = join(sharedFolder, 'data', 'rossmann');
leadtime('init', '--source', 'rossmann', '--from', data, '--project', folder);
const began = Date.now();
leadtime('run', 'load', 'forecast', 'publish', '--project', folder, '--as-of', AS_OF, '--quiet');
console.log(`run took ${((Date.now() - began) / 1000).toFixed(0)} s`);
console.log(leadtime('backtest', '--project', folder, '--as-of', AS_OF, '--quiet'));

const project = await Warehouse.open(join(folder, 'warehouse.duckdb'));
const [published] = await project.rows<{ accuracy: number; rmspe: number; totals_accuracy: number }>(
  sqlText('bench/rossmann_published', { days: String(TOTAL_DAYS) }),
);
project.close();
const { accuracy, rmspe, totals_accuracy: ofTotals } = published!;
console.log(
  `published: 1 - WAPE ${accuracy.toFixed(4)}, RMSPE ${rmspe.toFixed(4)}; ${TOTAL_DAYS}-day totals by store: 1 - WAPE ${ofTotals.toFixed(4)}`,
);

const reader = await Warehouse.open(':memory:');
const [median] = await reader.rows<{ accuracy: number; rmspe: number }>(
  sqlText('bench/rossmann_median', {
    file: quoteText(join(data, 'train.csv.gz')),
    as_of: quoteText(AS_OF),
    horizon: String(HORIZON),
    cutoffs: String(CUTOFFS),
  }),
);
reader.close();
console.log(
  `median of store x weekday x promotion: 1 - WAPE ${median!.accuracy.toFixed(4)}, RMSPE ${median!.rmspe.toFixed(4)}`,
);
rmSync(folder, { recursive: true });
