import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../data/contract/config.ts';
import { packageRoot } from '../../../../pipelines/warehouse/package-root.ts';
import { Warehouse } from '../../../../pipelines/warehouse/warehouse.ts';

const page = readFileSync(join(packageRoot, 'docs', 'bring-your-own-data.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1]!);

describe('docs/bring-your-own-data.md', () => {
  it('shows configs that are valid', () => {
    const [whole, source, locations] = blocks('json');
    expect(parseConfig(JSON.parse(whole!), 'doc').sources.sales).toMatchObject({
      columns: { quantity: 'Stueck netto' },
    });
    const config = { name: 'x', currency: 'EUR', sources: JSON.parse(`{${source}, ${locations}}`) };
    expect(parseConfig(config, 'doc').sources).toMatchObject({
      sales: { delimiter: ';' },
      locations: { sql: 'sql/locations.sql' },
    });
  });

  it('shows a SELECT that turns German dates and decimal commas', async () => {
    const warehouse = await Warehouse.open(':memory:');
    await warehouse.run(`create table verkauf as select * from (values
      ('31.03.2026', 'A1', 'Mitte', '1,5', '1.234,50'), ('31.03.2026', 'A1', 'Mitte', '2', '10')
    ) as t(Datum, Artikel, Filiale, Menge, Umsatz)`);
    const rows = await warehouse.rows(blocks('sql')[0]!);
    warehouse.close();
    expect(rows).toEqual([
      { date: '2026-03-31', product_id: 'A1', location_id: 'Mitte', quantity: 3.5, revenue: 1244.5 },
    ]);
  });

  it('shows a SELECT that gives a column that the file lacks', async () => {
    const warehouse = await Warehouse.open(':memory:');
    await warehouse.run("create table source as select 's1' as shop, 'Main' as name, 'North' as region");
    const rows = await warehouse.rows(blocks('sql')[1]!);
    warehouse.close();
    expect(rows).toEqual([{ location_id: 's1', name: 'Main', region: 'North', kind: 'store' }]);
  });
});
