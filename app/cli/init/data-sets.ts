import type { ConfigInput } from '../../../data/contract/config.ts';
import type { TableName } from '../../../data/contract/tables.ts';

/** A public data set that `leadtime init --source` knows how to map to the contract. */
export interface DataSet {
  about: string;
  /** Folder it usually lies in; looked into below `--from` too. */
  folder: string;
  /** Relation that the SQL reads, to the names its file goes by; the first one found is taken. */
  files: Readonly<Record<string, readonly string[]>>;
  /** Table of the contract, to the relations its SELECT reads. */
  tables: Readonly<Partial<Record<TableName, DataSetTable>>>;
  /** What the config says beyond the sources. */
  config: Pick<ConfigInput, 'currency' | 'frequency' | 'horizon' | 'forecast' | 'churn'> & {
    /** The morning after the last day known, or the one that published results use. */
    asOf: string;
  };
}

export interface DataSetTable {
  reads: readonly string[];
  /** File under `sql/sources/`, without ending; by default `<data set>/<table>`. */
  sql?: string;
  /** Only where the file name does not tell it. */
  format?: 'text';
}

const reads = (...relations: string[]): DataSetTable => ({ reads: relations });
const lines = (...relations: string[]): DataSetTable => ({ reads: relations, format: 'text' });
const either = (name: string): string[] => [`${name}.csv.gz`, `${name}.csv`];

/** The data sets by the name that `--source` takes. docs/sources.md says what each mapping does with each trap. */
export const DATA_SETS = {
  rossmann: {
    about: 'Rossmann: daily turnover of 1,115 drug stores',
    folder: 'rossmann',
    files: { train: either('train'), store: either('store'), future: [...either('future'), ...either('test')] },
    tables: {
      sales: reads('train'),
      products: reads('store'),
      locations: reads('store'),
      calendar: reads('train', 'future'),
      promotions: reads('train', 'future'),
    },
    config: { asOf: '2015-06-20', currency: 'EUR', horizon: 42, forecast: { missingSales: 'unknown' } },
  },
  m5: {
    about: 'M5: daily unit sales of 10 Walmart stores by department',
    folder: 'm5',
    files: { sales_store_dept: either('sales_store_dept'), calendar: either('calendar') },
    tables: {
      sales: reads('sales_store_dept', 'calendar'),
      products: reads('sales_store_dept'),
      locations: reads('sales_store_dept'),
      calendar: reads('calendar'),
    },
    config: { asOf: '2016-04-25', currency: 'USD' },
  },
  'm5-items': {
    about: 'M5: daily unit sales of the food items of store CA_1, with prices',
    folder: 'm5',
    files: {
      items: [...either('sales_train_evaluation_CA_1_FOODS'), ...either('sales_train_evaluation')],
      calendar: either('calendar'),
      sell_prices: ['sell_prices.parquet', ...either('sell_prices')],
    },
    tables: {
      sales: reads('items', 'calendar', 'sell_prices'),
      products: reads('items', 'calendar', 'sell_prices'),
      locations: reads('items'),
      calendar: { reads: ['calendar'], sql: 'm5/calendar' },
      prices: reads('sell_prices', 'calendar'),
    },
    config: { asOf: '2016-04-25', currency: 'USD' },
  },
  vn2: {
    about: 'VN2: weekly sales, stock and deliveries of 599 store-products',
    folder: 'vn2',
    files: {
      sales: ['Week 0 - 2024-04-08 - Sales.csv'],
      in_stock: ['Week 0 - In Stock.csv'],
      master: ['Week 0 - Master.csv'],
      initial_state: ['Week 0 - 2024-04-08 - Initial State.csv'],
    },
    tables: {
      sales: reads('sales', 'in_stock'),
      products: reads('master'),
      locations: reads('master'),
      stock: reads('initial_state'),
      inbound: reads('initial_state'),
      supply: reads('initial_state'),
    },
    config: { asOf: '2024-04-15', currency: 'EUR', frequency: 'weekly', horizon: 8 },
  },
  'store-item': {
    about: 'Store-item demand: daily sales of 50 items in 10 stores',
    folder: 'store_item',
    files: { train: either('train') },
    tables: { sales: reads('train'), products: reads('train'), locations: reads('train') },
    config: { asOf: '2017-10-01', currency: 'USD' },
  },
  'online-retail': {
    about: 'UCI Online Retail II: invoices of a UK gift wholesaler',
    folder: 'online_retail',
    files: { invoices: ['online_retail_II.parquet'] },
    tables: {
      sales: reads('invoices'),
      products: reads('invoices'),
      locations: reads('invoices'),
      customers: reads('invoices'),
      orders: reads('invoices'),
    },
    config: { asOf: '2011-12-10', currency: 'GBP' },
  },
  oj: {
    about: "Dominick's orange juice: weekly sales and prices of 11 brands in 83 stores",
    folder: 'oj',
    files: { yx: either('orangeJuice_yx'), storedemo: either('orangeJuice_storedemo') },
    tables: {
      sales: reads('yx'),
      products: reads('yx'),
      locations: reads('storedemo'),
      prices: reads('yx'),
      promotions: reads('yx'),
    },
    config: {
      asOf: '1992-10-08',
      currency: 'USD',
      frequency: 'weekly',
      horizon: 8,
      forecast: { missingSales: 'unknown' },
    },
  },
  cdnow: {
    about: 'CDNOW: purchases of the cohort of the first quarter of 1997',
    folder: 'cdnow',
    files: { master: ['CDNOW_master.txt'], sample: ['CDNOW_sample.txt'] },
    tables: {
      products: lines('master'),
      locations: lines('master'),
      customers: lines('master', 'sample'),
      orders: lines('master'),
    },
    config: { asOf: '1997-10-01', currency: 'USD' },
  },
  telco: {
    about: 'Telco customer churn: customers with attributes and the label Churn',
    folder: 'telco',
    files: { customers: ['Telco-Customer-Churn.csv', 'WA_Fn-UseC_-Telco-Customer-Churn.csv'] },
    tables: { customers: reads('customers') },
    config: { asOf: '2020-01-01', currency: 'USD', churn: { label: 'Churn', value: 'MonthlyCharges' } },
  },
  'crm-sales': {
    about: 'B2B sales pipeline: 8,800 deals with stage, agent and dates',
    folder: 'crm_sales',
    files: { pipeline: ['sales_pipeline.csv'], accounts: ['accounts.csv'], products: ['products.csv'] },
    tables: {
      products: reads('products'),
      customers: reads('accounts', 'pipeline'),
      opportunities: reads('pipeline', 'products'),
    },
    config: { asOf: '2018-01-01', currency: 'USD' },
  },
} as const satisfies Record<string, DataSet>;

export type DataSetName = keyof typeof DATA_SETS;
export const DATA_SET_NAMES = Object.keys(DATA_SETS) as DataSetName[];
