// How well a project's risks and deal alerts did in backtest, after `leadtime run load churn`:
//   node dist/bench/churn.js <project folder>
import { projectPaths } from '../pipelines/project.ts';
import { Warehouse } from '../pipelines/warehouse/warehouse.ts';

const warehouse = await Warehouse.open(projectPaths(process.argv[2] ?? '.').warehouse);
for (const [mart, order] of [
  ['mart_churn_backtest', ['cutoff', 'method']],
  ['mart_churn_reliability', ['method', 'risk_from']],
  ['mart_opportunity_backtest', ['cutoff', 'alert']],
] as const) {
  console.log(mart);
  console.table(await warehouse.readRows(mart, order));
}
warehouse.close();
