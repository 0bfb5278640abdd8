import { openProject } from '../pipelines/project.ts';
import { openSnapshot } from '../pipelines/snapshot/snapshot-reader.ts';
import { currentSnapshot } from '../pipelines/snapshot/snapshot-store.ts';

/** Name under which the published choice stands beside the models. */
export const PUBLISHED = 'published';

/** Means of every model by product and location, in order of the periods ahead. */
export type Means = Map<string, number[]>;

const nameOf = (product: string, location: string): string => `${product}@${location}`;

/** Rows of the current snapshot of a project. */
export async function snapshotRows<T extends object>(project: string, sql: string): Promise<T[]> {
  const { folder, manifest } = currentSnapshot(openProject(project).paths.snapshots);
  const reader = await openSnapshot(folder, manifest);
  try {
    return await reader.rows<T>(sql);
  } finally {
    reader.close();
  }
}

/** Reads the current snapshot of a project: the published forecasts of its series and those of every model, by name. */
export async function publishedMeans(project: string): Promise<Map<string, Means>> {
  const rows = await snapshotRows<{
    product_id: string;
    location_id: string;
    model: string;
    is_champion: boolean;
    means: string;
  }>(
    project,
    `select product_id, location_id, model, is_champion, string_agg(mean, ',' order by h) as means
    from mart_forecast where level = 'series' group by all order by product_id, location_id, model`,
  );
  const all = new Map<string, Means>([[PUBLISHED, new Map()]]);
  for (const { product_id, location_id, model, is_champion, means } of rows) {
    const values = means.split(',').map(Number);
    if (!all.has(model)) all.set(model, new Map());
    all.get(model)!.set(nameOf(product_id, location_id), values);
    if (is_champion) all.get(PUBLISHED)!.set(nameOf(product_id, location_id), values);
  }
  return all;
}
