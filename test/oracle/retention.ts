import { addDays, mondayOf } from '#lib/ui/dates.ts';

/** Something that a person did, at a moment YYYY-MM-DD HH:MM:SS. */
export type Deed = { readonly person: string; readonly kind: string; readonly at: string };

export type RetentionQuestion = {
  readonly cohort: string;
  readonly return: string;
  readonly entry: 'first_time' | 'first_in_range' | 'recurring';
  readonly mode: 'on' | 'on_or_after' | 'on_or_before' | 'streak';
  readonly period: 'hour' | 'day' | 'week' | 'month';
  readonly intervals: 'calendar' | 'rolling';
  readonly at_least: number;
  readonly from: string;
  readonly to: string;
  readonly as_of: string;
  /** Days since the start, rising, from each to before the next. */
  readonly days?: readonly number[];
};

const day = 86_400_000;
const hour = 3_600_000;
const lengths = { hour, day, week: 7 * day, month: 30 * day };

/** The first days of the periods from that of one day to that of another. */
function periodsBetween({ period }: RetentionQuestion, from: string, to: string): string[] {
  if (period === 'hour') {
    const hours = (Date.parse(to) - Date.parse(from)) / hour + 24;
    return Array.from({ length: hours }, (_, at) => hourAfter(from, at));
  }
  const days = Array.from({ length: (Date.parse(to) - Date.parse(from)) / day + 1 }, (_, at) =>
    firstDay(period, addDays(from, at)),
  );
  return [...new Set(days)];
}

/** The hour so many hours after midnight of a day, YYYY-MM-DD HH. */
function hourAfter(from: string, hours: number): string {
  return new Date(Date.parse(from) + hours * hour).toISOString().slice(0, 13).replace('T', ' ');
}

function firstDay(period: RetentionQuestion['period'], of: string): string {
  if (period === 'hour') return of.slice(0, 13);
  if (period === 'week') return mondayOf(of);
  return period === 'day' ? of : `${of.slice(0, 7)}-01`;
}

/** The bracket in which a deed lies, from 1; none before the start, for the start itself, and outside all. */
function bracketOf(
  days: readonly number[],
  intervals: RetentionQuestion['intervals'],
  start: Deed,
  deed: Deed,
): number {
  if (deed === start || deed.at < start.at) return 0;
  const moments = Date.parse(`${deed.at}Z`) - Date.parse(`${start.at}Z`);
  const dates = Date.parse(deed.at.slice(0, 10)) - Date.parse(start.at.slice(0, 10));
  const age = Math.floor((intervals === 'rolling' ? moments : dates) / day);
  return days.findLastIndex((from, at) => from <= age && age < (days[at + 1] ?? -1)) + 1;
}

/** The report `retention` without segments, person by person: how many came back, by first day of the cohort and period since. */
export function retentionOracle(deeds: readonly Deed[], question: RetentionQuestion): Map<string, number> {
  const known = deeds.filter(({ at }) => at.slice(0, 10) <= question.as_of);
  const rows = periodsBetween(question, question.from, question.to);
  const all = periodsBetween(question, '2026-01-01', question.as_of);
  const counted = new Map<string, number>();
  const add = (key: string) => counted.set(key, (counted.get(key) ?? 0) + 1);
  const periodOf = ({ at }: Deed) =>
    firstDay(question.period, question.period === 'hour' ? at : at.slice(0, 10));
  for (const person of new Set(known.map((deed) => deed.person))) {
    const own = known.filter((deed) => deed.person === person).sort((a, b) => (a.at < b.at ? -1 : 1));
    const begins = own.filter(({ kind }) => kind === question.cohort);
    const inside = begins.filter((deed) => rows.includes(periodOf(deed)));
    const entries = {
      first_time: begins.slice(0, 1).filter((deed) => rows.includes(periodOf(deed))),
      first_in_range: inside.slice(0, 1),
      recurring: inside.filter((deed, at) => at === 0 || periodOf(deed) !== periodOf(inside[at - 1] ?? deed)),
    }[question.entry];
    for (const start of entries) {
      const row = all.indexOf(periodOf(start));
      const times = new Map<number, number>();
      for (const deed of own.filter(({ kind }) => kind === question.return)) {
        const since = question.days
          ? bracketOf(question.days, question.intervals, start, deed)
          : question.intervals === 'calendar'
            ? all.indexOf(periodOf(deed)) - row
            : Math.floor((Date.parse(`${deed.at}Z`) - Date.parse(`${start.at}Z`)) / lengths[question.period]);
        times.set(since, (times.get(since) ?? 0) + 1);
      }
      const came = (since: number) => (times.get(since) ?? 0) >= question.at_least;
      const later = Array.from({ length: 60 }, (_, at) => at + 1);
      const counts = (column: number) => {
        if (column === 0) return true;
        if (question.mode === 'on') return came(column);
        if (question.mode === 'on_or_after') return later.some((since) => since >= column && came(since));
        if (question.mode === 'on_or_before') return later.some((since) => since <= column && came(since));
        return later.every((since) => since > column || came(since));
      };
      for (let column = 0; column <= 6; column += 1) if (counts(column)) add(`${periodOf(start)} ${column}`);
    }
  }
  return counted;
}
