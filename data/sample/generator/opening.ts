import { at, dayOf, weekday, type Day, type Instant } from './calendar.ts';
import { isGap } from './mix.ts';
import type { Parameters } from './parameters.ts';
import { between, draw, happens, type Random } from './random.ts';
import type { Store } from './studio.ts';

/** Leads by hour of day, 9 to 22: lunch and evening. */
export const leadHours = [3, 5, 6, 7, 6, 5, 6, 6, 6, 7, 9, 11, 9, 5];
/** Visits by hour, 9 to 19. */
export const visitHours = [2, 6, 8, 5, 7, 10, 11, 9, 6, 5, 3];

/** A minute of a day, by weights of the hours from 9 on. */
export const minuteOf = (random: Random, hours: number[]): number =>
  (9 + draw(random, hours)) * 60 + Math.floor(random.next() * 60);

/** From the eve of 春节 to its fifth day no store is open. */
export const isHoliday = (parameters: Parameters, day: Day): boolean =>
  parameters.spring_festivals.some((festival) => day >= dayOf(festival) - 1 && day <= dayOf(festival) + 4);

/** The day on which something planned takes place: whole weeks later while the store is shut or leaves no rows. */
export function openDay(parameters: Parameters, store: Store, day: Day): Day {
  let open = day;
  while (isGap(parameters, store, open) || isHoliday(parameters, open)) open += 7;
  return open;
}

/** The same day, or for a share of those planned from Monday to Thursday the weekend that follows. */
export const towardsWeekend = (random: Random, share: number, day: Day): Day =>
  happens(random, share) && weekday(day) < 4 ? day - weekday(day) + between(random, 5, 6) : day;

/** An instant on a day of opening hours that is later than another. */
export function laterOn(random: Random, day: Day, after: Instant): Instant {
  const drawn = at(day, minuteOf(random, visitHours));
  return drawn > after ? drawn : after + 20 + Math.floor(random.next() * 40);
}
