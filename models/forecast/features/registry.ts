import { attributeFeatures } from './attributes.ts';
import { calendarPositionFeatures } from './calendar-position.ts';
import { closureFeatures } from './closures.ts';
import { eventFeatures } from './events.ts';
import type { Feature } from './feature.ts';
import { horizonFeatures } from './horizon.ts';
import { identityFeatures } from './identity.ts';
import { indicatorFeatures } from './indicators.ts';
import { lagFeatures } from './lags.ts';
import { lastYearFeatures } from './last-year.ts';
import { levelFeatures } from './level.ts';
import { priceFeatures } from './prices.ts';
import { promotionFeatures } from './promotions.ts';
import { rollingFeatures } from './rolling.ts';
import { sameWeekdayFeatures } from './same-weekday.ts';
import { stockFeatures } from './stock.ts';
import type { Timeline } from './timeline.ts';

/**
 * Every feature that the data of a panel can give, in a fixed order; those of tables that are not there are left out.
 * 50 and more with sales and a calendar alone.
 */
export function featuresOf(timeline: Timeline): Feature[] {
  const { panel, partitions } = timeline;
  return [
    ...horizonFeatures,
    ...levelFeatures,
    ...lagFeatures,
    ...rollingFeatures,
    ...sameWeekdayFeatures,
    ...lastYearFeatures(partitions),
    ...calendarPositionFeatures(panel),
    ...eventFeatures(panel),
    ...promotionFeatures(panel),
    ...priceFeatures(panel),
    ...stockFeatures,
    ...closureFeatures(panel),
    ...identityFeatures(panel),
    ...attributeFeatures(panel),
    ...indicatorFeatures(panel),
  ];
}
