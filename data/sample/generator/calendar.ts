/** Days since 1970-01-01, and instants as minutes since its midnight: wall-clock time of the firm, no zones. */
export type Day = number;
export type Instant = number;

export const MINUTES_A_DAY = 1440;

/** A pure function that answers what it was asked before from memory. */
function remembered<K, V>(work: (key: K) => V): (key: K) => V {
  const answers = new Map<K, V>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = work(key);
    answers.set(key, answer);
    return answer;
  };
}

/** The day of a text YYYY-MM-DD. */
export const dayOf = remembered((text: string): Day => Date.parse(`${text}T00:00:00Z`) / 86_400_000);

/** YYYY-MM-DD. */
export const dayText = remembered((day: Day): string =>
  new Date(day * 86_400_000).toISOString().slice(0, 10),
);

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** YYYY-MM-DD HH:MM. */
export function instantText(instant: Instant): string {
  const minute = instant - dayPart(instant) * MINUTES_A_DAY;
  return `${dayText(dayPart(instant))} ${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

/** The minute of a day, both counted from midnight. */
export const at = (day: Day, minute: number): Instant => day * MINUTES_A_DAY + Math.floor(minute);

/** The day an instant falls on. */
export const dayPart = (instant: Instant): Day => Math.floor(instant / MINUTES_A_DAY);

/** 0 Monday … 6 Sunday. */
export const weekday = (day: Day): number => (((day + 3) % 7) + 7) % 7;

/** The Monday on or before a day. */
export const monday = (day: Day): Day => day - weekday(day);

/** 1 January … 12 December. */
export const month = remembered((day: Day): number => new Date(day * 86_400_000).getUTCMonth() + 1);

/** Every Monday whose week touches the days from first to last. */
export function weeksOf(first: Day, last: Day): Day[] {
  const weeks: Day[] = [];
  for (let week = monday(first); week <= last; week += 7) weeks.push(week);
  return weeks;
}
