import type { TableName } from '../../../data/contract/tables.ts';

/** Names that columns go by in people's files, in any table; compared without case, spaces and punctuation. */
const COMMON: Record<string, readonly string[]> = {
  product_id: [
    ...['product', 'sku', 'sku id', 'sku code', 'item', 'item id', 'item code', 'item number', 'item no', 'article'],
    ...[
      'article id',
      'article number',
      'product code',
      'product number',
      'stock code',
      'material',
      'upc',
      'ean',
      'gtin',
    ],
    ...['artikel', 'artikelnummer', '商品', '商品编码', '商品编号', '商品id', '产品', '产品编码', '货号'],
  ],
  location_id: [
    ...['location', 'location code', 'store', 'store id', 'store code', 'store number', 'store nbr', 'shop', 'shop id'],
    ...['site', 'site id', 'branch', 'outlet', 'warehouse', 'warehouse id', 'depot', 'plant', 'filiale'],
    ...['门店', '门店编码', '门店编号', '门店id', '店铺', '仓库'],
  ],
  customer_id: [
    ...['customer', 'customer code', 'customer number', 'client', 'client id', 'account', 'account id', 'user id'],
    ...['member id', 'kunde', 'kundennummer', '客户', '客户编号', '客户id', '会员', '会员编号'],
  ],
  supplier_id: ['supplier', 'supplier code', 'vendor', 'vendor id', 'lieferant', '供应商', '供应商编码'],
  quantity: [
    ...[
      'qty',
      'units',
      'units sold',
      'quantity sold',
      'qty sold',
      'sales',
      'sales qty',
      'unit sales',
      'sold',
      'volume',
    ],
    ...['demand', 'menge', '销量', '数量', '销售数量'],
  ],
  unit_price: [
    'price',
    'sell price',
    'selling price',
    'sales price',
    'price per unit',
    'preis',
    '单价',
    '售价',
    '价格',
  ],
  list_price: ['regular price', 'base price', 'normal price', 'full price', 'rrp', 'msrp', '原价', '标价'],
  unit_cost: ['cost', 'cost price', 'purchase price', 'unit cost price', 'cogs', '成本', '进价', '单位成本'],
  amount: ['value', 'total', 'deal value', 'close value', 'sum', 'betrag', '金额'],
  name: ['title', 'description', 'bezeichnung', '名称'],
  owner: ['sales agent', 'sales rep', 'account manager', 'rep', 'agent', '负责人', '销售'],
  region: ['state', 'area', 'territory', 'province', '区域', '地区', '省份'],
  category: [
    'category name',
    'cat',
    'cat id',
    'product category',
    'product group',
    'family',
    'kategorie',
    '类别',
    '品类',
  ],
  department: ['dept', 'dept id', 'department name', 'division', '部门'],
  known_at: ['recorded at', 'loaded at', 'updated at'],
};

const DATE = ['day', 'ds', 'date day', 'datum', 'week', 'week start', 'week starting', '日期'];

/** Names that only mean it in one table. */
const BY_TABLE: Partial<Record<TableName, Record<string, readonly string[]>>> = {
  sales: {
    date: [
      ...DATE,
      'sale date',
      'sales date',
      'sold on',
      'order date',
      'transaction date',
      'business date',
      '销售日期',
    ],
    revenue: ['turnover', 'net sales', 'sales amount', 'sales value', 'gross sales', 'gmv', 'umsatz', '销售额'],
    on_promotion: ['promo', 'promotion', 'on promo', 'is promo', 'is promotion', '促销', '是否促销'],
    in_stock: ['instock', 'available', 'is available', 'is in stock', '有货', '是否有货'],
  },
  products: {
    name: ['product name', 'item name', 'title', 'description', '商品名称', '产品名称', '名称'],
    list_price: ['price', 'sales price', 'regular price', 'rrp', 'msrp', '原价', '标价'],
    pack_size: ['pack', 'case size', 'case pack', 'units per case', 'units per pack', '箱规', '包装数'],
    min_order_quantity: ['moq', 'minimum order', 'min order', 'min order qty', '起订量', '最小起订量'],
    launched_on: ['launch date', 'launched', 'first sale date', 'introduced', '上市日期'],
    discontinued_on: ['discontinued', 'end of life', 'last day on sale', '停售日期', '退市日期'],
    shelf_life_days: ['shelf life', 'shelf life in days', '保质期'],
    volume_m3: ['volume', 'cbm', 'unit volume', '体积'],
    weight_kg: ['weight', 'gross weight', 'unit weight', '重量', '毛重'],
    units_per_pallet: ['pallet quantity', 'units per pallet', 'pallet qty', '每托数量'],
  },
  locations: {
    name: ['store name', 'location name', 'shop name', '门店名称', '名称'],
    kind: ['type', 'location type', '类型'],
    supplied_by: ['warehouse', 'served by', 'depot', 'dc', '供货仓'],
  },
  stock: {
    as_of: [...DATE, 'date', 'stock date', 'count date', 'counted on', 'snapshot date', '盘点日期'],
    on_hand: ['stock', 'inventory', 'qty', 'quantity', 'on hand qty', 'stock on hand', 'soh', 'bestand', '库存'],
  },
  inbound: {
    due_on: ['due', 'due date', 'eta', 'expected on', 'expected date', 'delivery date', '预计到货', '到货日期'],
    ordered_on: ['order date', 'ordered', 'po date', '下单日期'],
  },
  supply: {
    lead_time_days: ['lead time', 'leadtime', 'lt', '提前期', '交货期'],
    review_period_days: ['review period', 'order cycle', '补货周期'],
    holding_cost_per_unit_day: ['holding cost', '持有成本'],
    shortage_cost_per_unit: ['shortage cost', 'stockout cost', '缺货成本'],
    service_level: ['target service level', '服务水平'],
  },
  calendar: {
    date: DATE,
    event: ['event name', 'holiday', 'name', '节日', '事件'],
    kind: ['type', 'event type', '类型'],
    is_closed: ['closed', '是否休息'],
  },
  promotions: {
    promotion_id: ['promotion', 'promo', 'promo id', 'campaign', 'campaign id', '促销编号'],
    starts_on: ['start', 'start date', 'from', 'begin', '开始日期'],
    ends_on: ['end', 'end date', 'to', 'until', '结束日期'],
    discount_pct: ['discount', 'discount percent', 'percent off', '折扣'],
    kind: ['type', 'promo type', '类型'],
  },
  prices: {
    price: ['unit price', 'sell price', 'selling price', 'list price', '单价', '售价', '价格'],
    starts_on: [...DATE, 'date', 'start', 'start date', 'from', 'valid from', 'effective date', '生效日期'],
    ends_on: ['end', 'end date', 'to', 'valid to', 'valid until', '失效日期'],
  },
  overrides: {
    starts_on: ['start', 'start date', 'from', 'begin', '开始日期'],
    ends_on: ['end', 'end date', 'to', 'until', '结束日期'],
    quantity: ['units', 'qty', 'override', 'new forecast', '数量'],
    pct: ['percent', 'change percent', 'uplift', '百分比'],
    reason: ['why', 'comment', 'note', '原因'],
    planner: ['user', 'by', 'entered by', 'author', '计划员'],
    known_at: ['entered at', 'created at', '录入时间'],
  },
  indicators: {
    date: DATE,
    indicator: ['series', 'name', '指标'],
    known_at: ['published at', 'published on', '发布时间'],
  },
  customers: {
    name: ['customer name', 'company', 'client name', '客户名称', '名称'],
    segment: ['sector', 'industry', 'tier', '行业', '客户等级'],
    since: ['customer since', 'created', 'created at', 'signup date', 'first order', '注册日期'],
    contract_ends_on: ['contract end', 'contract end date', 'renewal date', '合同到期'],
  },
  orders: {
    order_id: ['order', 'order number', 'order no', 'invoice', 'invoice no', 'invoice number', '订单号', '订单编号'],
    line: ['line no', 'line number', 'line id', 'position', '行号'],
    ordered_at: [...DATE, 'date', 'order date', 'ordered on', 'order time', 'invoice date', 'timestamp', '下单时间'],
  },
  payments: {
    invoice_id: ['invoice', 'invoice no', 'invoice number', '发票号'],
    invoiced_on: ['invoice date', 'date', 'issued on', '开票日期'],
    due_on: ['due', 'due date', '到期日'],
    paid_on: ['paid', 'paid date', 'payment date', '付款日期'],
  },
  contacts: {
    contact_id: ['id', 'ticket id', 'interaction id', 'activity id'],
    at: ['date', 'datetime', 'timestamp', 'contacted at', '时间'],
    kind: ['type', 'channel', '类型'],
    score: ['rating', 'nps', 'csat', '评分'],
  },
  opportunities: {
    opportunity_id: ['opportunity', 'deal', 'deal id', 'id', '商机', '商机编号'],
    stage: ['deal stage', 'status', '阶段'],
    entered_on: ['entered', 'stage date', 'stage entered', 'engage date', '进入日期'],
    left_on: ['left', 'stage left', 'close date', '离开日期'],
    outcome: ['result', '结果'],
    last_activity_on: ['last activity', 'last activity date', '最近活动'],
  },
  funnel: {
    date: DATE,
    stage: ['step', 'event', '阶段'],
    visitors: ['users', 'visits', 'sessions', 'count', 'n', '访客数', '人数'],
  },
};

/** A name as it is compared: letters and digits only, in lower case. `normalName('Product ID')` is 'productid'. */
export function normalName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Other names of a contract column, most likely first, as `normalName` writes them. */
export function synonymsOf(table: TableName, column: string): string[] {
  return [...(BY_TABLE[table]?.[column] ?? []), ...(COMMON[column] ?? [])].map(normalName);
}
