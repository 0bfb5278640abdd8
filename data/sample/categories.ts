/** What the products of a category have in common. */
export interface Category {
  name: string;
  department: string;
  /** Typical list price in cents. */
  priceCents: number;
  /** Mean own price elasticity of its products. */
  elasticity: number;
  /** Day of the year of its high season, and the log of its height. */
  peakDay: number;
  amplitude: number;
  /** Log effect of one standard deviation of each indicator: consumer confidence, energy price. */
  confidence: number;
  energy: number;
  /** How strongly holidays and 11.11 lift it; 1 is usual. */
  festive: number;
  /** Typical shelf life in days; undefined: keeps. */
  shelfLifeDays?: number;
  nouns: readonly string[];
}

export const CATEGORIES: readonly Category[] = [
  {
    name: 'Tea',
    department: 'Grocery',
    priceCents: 699,
    elasticity: -1.4,
    peakDay: 15,
    amplitude: 0.25,
    confidence: 0.01,
    energy: 0,
    festive: 1.4,
    nouns: ['Oolong', 'Earl Grey', 'Jasmine tea', 'Rooibos'],
  },
  {
    name: 'Coffee',
    department: 'Grocery',
    priceCents: 899,
    elasticity: -1.8,
    peakDay: 340,
    amplitude: 0.12,
    confidence: 0.015,
    energy: 0,
    festive: 0.9,
    nouns: ['Espresso', 'Café crème', 'Decaf', 'Cold brew'],
  },
  {
    name: 'Sweets',
    department: 'Grocery',
    priceCents: 349,
    elasticity: -2.1,
    peakDay: 350,
    amplitude: 0.3,
    confidence: 0.005,
    energy: 0,
    festive: 1.6,
    nouns: ['Pralines', 'Nougat', 'Marzipan', 'Mooncake'],
  },
  {
    name: 'Dairy',
    department: 'Fresh',
    priceCents: 229,
    elasticity: -1.2,
    peakDay: 170,
    amplitude: 0.08,
    confidence: 0,
    energy: 0,
    festive: 0.5,
    shelfLifeDays: 40,
    nouns: ['Yoghurt', 'Kefir', 'Butter', 'Cream'],
  },
  {
    name: 'Juice',
    department: 'Fresh',
    priceCents: 279,
    elasticity: -1.9,
    peakDay: 195,
    amplitude: 0.35,
    confidence: 0.005,
    energy: 0,
    festive: 0.6,
    shelfLifeDays: 60,
    nouns: ['Orange juice', 'Apple juice', 'Ginger shot', 'Lychee juice'],
  },
  {
    name: 'Skin care',
    department: 'Beauty',
    priceCents: 1499,
    elasticity: -1.7,
    peakDay: 330,
    amplitude: 0.15,
    confidence: 0.03,
    energy: -0.01,
    festive: 1.2,
    nouns: ['Day cream', 'Night cream', 'Serum', 'Hand balm'],
  },
  {
    name: 'Sun care',
    department: 'Beauty',
    priceCents: 1199,
    elasticity: -1.5,
    peakDay: 185,
    amplitude: 0.8,
    confidence: 0.01,
    energy: -0.005,
    festive: 0.3,
    nouns: ['Sun milk', 'Sun spray', 'After sun', 'Lip balm'],
  },
  {
    name: 'Candles',
    department: 'Home',
    priceCents: 1099,
    elasticity: -2.2,
    peakDay: 335,
    amplitude: 0.55,
    confidence: 0.03,
    energy: -0.02,
    festive: 1.5,
    nouns: ['Pillar candle', 'Tea lights', 'Scented candle', 'Lantern'],
  },
  {
    name: 'Kitchen',
    department: 'Home',
    priceCents: 2499,
    elasticity: -2.0,
    peakDay: 345,
    amplitude: 0.2,
    confidence: 0.04,
    energy: -0.02,
    festive: 1.1,
    nouns: ['Teapot', 'Kettle', 'Pan', 'Knife'],
  },
  {
    name: 'Stationery',
    department: 'Home',
    priceCents: 499,
    elasticity: -1.3,
    peakDay: 245,
    amplitude: 0.35,
    confidence: 0.02,
    energy: -0.005,
    festive: 0.6,
    nouns: ['Notebook', 'Fountain pen', 'Ink', 'Sketchpad'],
  },
];
