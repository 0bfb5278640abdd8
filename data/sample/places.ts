import { COUNTRIES, type Country } from '../calendars/holidays.ts';
import type { Random } from '../random.ts';
import { WAREHOUSES } from './options.ts';

export const REGIONS = ['Europe', 'China'] as const;

/** A store; the warehouse of its region serves it. */
export interface Store {
  id: string;
  name: string;
  /** Index into `REGIONS`, and of the warehouse that serves the store. */
  region: number;
  country: Country;
  /** Index into `COUNTRIES`. */
  countryIndex: number;
  /** Log of its size against an average store. */
  logSize: number;
}

export interface Warehouse {
  id: string;
  name: string;
  region: number;
}

const CITIES: Record<Country, readonly string[]> = {
  Germany: ['Berlin', 'Hamburg', 'München', 'Köln', 'Leipzig', 'Bremen', 'Dresden', 'Stuttgart'],
  France: ['Paris', 'Lyon', 'Marseille', 'Lille', 'Nantes', 'Bordeaux', 'Toulouse', 'Rennes'],
  China: ['Shanghai', 'Beijing', 'Guangzhou', 'Shenzhen', 'Chengdu', 'Hangzhou', 'Wuhan', 'Nanjing'],
};

/** Of six stores three are in China and three in Europe, so that the regions are of a size. */
const ORDER: readonly Country[] = ['Germany', 'China', 'France', 'China', 'Germany', 'China'];

/** `count` stores over three countries and two regions. */
export function makeStores(count: number, random: Random): Store[] {
  const seen: Record<Country, number> = { Germany: 0, France: 0, China: 0 };
  const width = Math.max(2, String(count).length);
  return Array.from({ length: count }, (_, i) => {
    const country = ORDER[i % ORDER.length]!;
    const n = seen[country]++;
    const cities = CITIES[country];
    const round = Math.floor(n / cities.length);
    return {
      id: `S${String(i + 1).padStart(width, '0')}`,
      name: round === 0 ? cities[n]! : `${cities[n % cities.length]} ${round + 1}`,
      region: country === 'China' ? 1 : 0,
      country,
      countryIndex: COUNTRIES.indexOf(country),
      logSize: 0.35 * random.normal(),
    };
  });
}

export function makeWarehouses(): Warehouse[] {
  return REGIONS.slice(0, WAREHOUSES).map((name, region) => ({
    id: `W${region + 1}`,
    name: `Warehouse ${name}`,
    region,
  }));
}
