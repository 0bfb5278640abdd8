import type { Panel } from '../../panel.ts';
import { type Feature, fromPast, fromPlan } from './feature.ts';

/** An event on more of the known periods than this is a state (a school holiday), not a day to count towards. */
const STATE_SHARE = 0.08;
const FARTHEST = 28;

interface EventDays {
  /** Rare event of each period, -1 without, [calendar][width]; and the next and the last one with the periods to it. */
  on: Int16Array;
  next: Int16Array;
  toNext: Float32Array;
  last: Int16Array;
  sinceLast: Float32Array;
}

/**
 * Events on the target and around it: which, how many, how far to the next and from the last; states such as a school holiday
 * by name, with how long they have lasted and will last; and what they did to sales in earlier years.
 */
export function eventFeatures(panel: Panel): Feature[] {
  const { calendar } = panel;
  if (calendar.events.length === 0) return [];
  const width = panel.periods + panel.horizon;
  const { states, days } = eventDays(panel, width);
  const read = (name: string, unit: string, values: ArrayLike<number>, kind: Feature['kind']): Feature =>
    fromPlan(
      {
        name,
        unit,
        source: 'calendar',
        scope: 'target',
        value: (at) => (at.target < width ? values[at.calendarRow + at.target]! : Number.NaN),
      },
      kind,
    );
  return [
    read('event', 'event', days.on, 'categorical'),
    read('next_event', 'event', days.next, 'categorical'),
    read('periods_to_next_event', 'periods', days.toNext, 'numeric'),
    read('last_event', 'event', days.last, 'categorical'),
    read('periods_since_last_event', 'periods', days.sinceLast, 'numeric'),
    fromPast(1, {
      name: 'event_factor',
      unit: 'log of a factor',
      source: 'sales',
      scope: 'target',
      value: (at) => Math.log(Math.max(0.02, at.eventFactor())),
    }),
    ...states.flatMap((event) => stateFeatures(calendar.events[event]!, event)),
  ];
}

function stateFeatures(label: string, event: number): Feature[] {
  const name = label.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  const run = (step: 1 | -1): Feature['value'] => {
    return (at) => {
      let length = 0;
      for (let t = at.target; length < FARTHEST && at.hasEvent(event, t); t += step) length++;
      return length;
    };
  };
  const feature = (suffix: string, unit: string, value: Feature['value']): Feature =>
    fromPlan({ name: `${name}${suffix}`, unit, source: 'calendar', scope: 'target', value });
  return [
    feature('', 'flag', (at) => (at.hasEvent(event, at.target) ? 1 : 0)),
    feature('_periods_so_far', 'periods', run(-1)),
    feature('_periods_left', 'periods', run(1)),
    feature(
      '_neighbours',
      'periods of 2',
      (at) => (at.hasEvent(event, at.target - 1) ? 1 : 0) + (at.hasEvent(event, at.target + 1) ? 1 : 0),
    ),
  ];
}

function eventDays(panel: Panel, width: number): { states: number[]; days: EventDays } {
  const { events, calendarCount, hasEvent } = panel.calendar;
  const count = events.map((_, e) => {
    let periods = 0;
    for (let c = 0; c < calendarCount; c++) {
      for (let t = 0; t < width; t++) periods += hasEvent[(c * events.length + e) * width + t]!;
    }
    return periods;
  });
  const isState = count.map((periods) => periods > STATE_SHARE * calendarCount * width);
  const size = calendarCount * width;
  const days: EventDays = {
    on: new Int16Array(size).fill(-1),
    next: new Int16Array(size).fill(-1),
    toNext: new Float32Array(size).fill(Number.NaN),
    last: new Int16Array(size).fill(-1),
    sinceLast: new Float32Array(size).fill(Number.NaN),
  };
  for (let c = 0; c < calendarCount; c++) {
    for (let t = 0; t < width; t++) {
      events.forEach((_, e) => {
        if (!isState[e] && hasEvent[(c * events.length + e) * width + t] === 1) days.on[c * width + t] = e;
      });
    }
    const sweep = (step: 1 | -1, which: Int16Array, away: Float32Array): void => {
      let event = -1;
      let distance = 0;
      for (let k = 0; k < width; k++) {
        const i = c * width + (step === 1 ? k : width - 1 - k);
        if (event >= 0 && ++distance <= FARTHEST) {
          which[i] = event;
          away[i] = distance;
        }
        if (days.on[i]! >= 0) {
          event = days.on[i]!;
          distance = 0;
        }
      }
    };
    sweep(-1, days.next, days.toNext);
    sweep(1, days.last, days.sinceLast);
  }
  return { states: [...events.keys()].filter((e) => isState[e]), days };
}
