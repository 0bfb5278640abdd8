import { isoDateOf } from '../../data/day.ts';
import { type Alert, alertOf } from '../../models/monitor/alert.ts';
import { lostShareOutOfBand } from '../../models/monitor/lost-share.ts';
import type { JobContext } from '../job.ts';

const percent = (fraction: number): string => `${Math.round(1000 * fraction) / 10} %`;

/** Categories and locations that lose more of their demand to empty shelves than they used to. */
export async function lostSales({ warehouse, asOf }: JobContext): Promise<Alert[]> {
  if (!(await warehouse.hasRelation('out_hidden_demand'))) return [];
  await warehouse.build(['int_lost_shares']);
  const { rows, columns } = await warehouse.read('int_lost_shares', { subject: 'text', lost: 'f64', sold: 'f64' }, [
    'subject',
    'stretch',
  ]);
  const groups = new Map<string, { lost: number[]; sold: number[] }>();
  for (let i = 0; i < rows; i++) {
    const group = groups.get(columns.subject[i]!) ?? { lost: [], sold: [] };
    groups.set(columns.subject[i]!, group);
    group.lost.push(columns.lost[i]!);
    group.sold.push(columns.sold[i]!);
  }
  return [...groups].flatMap(([subject, { lost, sold }]) => {
    const found = lostShareOutOfBand(lost, sold);
    if (!found) return [];
    const [now, usual, band] = [percent(found.value), percent(found.expected), percent(found.limit)];
    const about = {
      kind: 'lost_sales' as const,
      subject,
      ds: asOf,
      value: found.value,
      expected: found.expected,
      deviation: found.value - found.limit,
      severity: subject === 'all' ? ('high' as const) : ('medium' as const),
      message: `Empty shelves cost ${now} of the demand of ${subject} in the last 28 days; ${usual} before, the band ends at ${band}.`,
      message_zh: `最近 28 天 ${subject} 因缺货损失 ${now} 的需求，以往为 ${usual}，上限 ${band}。`,
    };
    return [alertOf(about, isoDateOf(asOf))];
  });
}
