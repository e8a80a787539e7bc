import { Refusal } from '#lib/errors/refusal.ts';
import type { Style } from '#lib/exports/plan.ts';
import type { Order } from './date-forms.ts';
import type { Decimal } from './numbers.ts';
import type { DateEvidence, Evidence, NumberEvidence } from './profile.ts';
import type { Filled, Writing, Writings } from './writing.ts';

/** What a refusal names, and what a person has said already, by field. */
export type Known = {
  file: string;
  headerOf: (field: string) => string | null;
  styles: ReadonlyMap<string, Style>;
  /** The sign before decimals where nothing else decides: known in formats that have numbers. */
  decimal?: Decimal | undefined;
};

/**
 * Decides for whole columns how their dates and numbers are written. What a person said is so; else all values decide;
 * where they leave it open, the file's other columns do if they agree. The evidence may tell of further columns than those
 * that are filled.
 * Throws Refusal ambiguous_dates, ambiguous_numbers when nothing decides.
 */
export function decide(evidence: Evidence, filled: readonly Filled[], known: Known): Writings {
  const said = (field: string): Style => known.styles.get(field) ?? {};
  const orders = new Map(
    [...evidence.dates].map(([field, seen]) => [field, said(field).order ?? orderOf(seen)] as const),
  );
  const decimals = new Map(
    [...evidence.numbers].map(([field, seen]) => [field, said(field).decimal ?? decimalOf(seen)] as const),
  );
  const order = agreed(orders.values());
  const decimal = agreed(decimals.values());
  const writings = new Map<string, Writing>();
  for (const { field } of filled) {
    const dates = evidence.dates.get(field.name);
    const numbers = evidence.numbers.get(field.name);
    if (dates) {
      const decided = orders.get(field.name) ?? 'any';
      const own =
        decided === 'open' ? (fitting(order, dates) ?? refuseDates(field.name, dates, known)) : decided;
      writings.set(field.name, { has: hasOf(dates), ...(own === 'any' ? {} : { order: own }) });
    } else if (numbers) {
      const decided = decimals.get(field.name) ?? 'any';
      const other = decimal ?? known.decimal;
      if (decided === 'open' && other === undefined && field.type !== 'number')
        refuseNumbers(field.name, numbers, known);
      const own = decided === 'open' || decided === 'any' ? (other ?? '.') : decided;
      writings.set(field.name, { has: new Set(), decimal: own });
    }
  }
  return writings;
}

/** `any`: every order reads the same; `open`: they do not, and no value decides. */
type Open = 'any' | 'open';

/** An order, unless the days of a column cannot be read in it. */
const fitting = (order: Order | undefined, { days }: DateEvidence): Order | undefined =>
  order !== undefined && days[order] === days.readable ? order : undefined;

/** The order in which the days of a column are written. */
function orderOf({ seen, days }: DateEvidence): Order | Open {
  if (!seen.forms.includes('numbers') || days.readable === 0) return 'any';
  const all = (['dmy', 'mdy', 'ymd'] as const).filter((order) => days[order] === days.readable);
  const [best] = all;
  if (best === undefined) return mostlyOne(days);
  if (all.length === 1) return best;
  const yearLast = all.filter((order) => order !== 'ymd');
  if (!all.includes('ymd') || days.ymd_or_another === 0) return days.dmy_or_mdy === 0 ? best : 'open';
  if (days.firsts * 3 <= days.lasts) return 'ymd';
  if (days.lasts * 3 > days.firsts) return 'open';
  return yearLast.length === 1 || days.dmy_or_mdy === 0 ? best : 'open';
}

/** Where days contradict each other, nothing can be misread as long as none has two meanings: the more frequent order. */
function mostlyOne(days: DateEvidence['days']): Order | Open {
  if (days.dmy_or_mdy > 0 || days.ymd_or_another > 0) return 'open';
  const [most] = (['dmy', 'mdy', 'ymd'] as const).toSorted((a, b) => days[b] - days[a]);
  return most ?? 'open';
}

/** The sign before the decimals of a column. By custom 1,500 is fifteen hundred, unless other values say no. */
function decimalOf({ long, dot, comma, dot3, comma3 }: NumberEvidence): Decimal | Open {
  if (dot > 0 && comma > 0) return dot3 + comma3 > 0 ? 'open' : dot >= comma ? '.' : ',';
  if (dot > 0) return '.';
  if (comma > 0) return ',';
  if (dot3 === 0) return comma3 === 0 ? 'any' : '.';
  return comma3 === 0 && long > 0 ? '.' : 'open';
}

/** What all decided columns have in common, if they have. */
function agreed<T extends string>(decisions: Iterable<T | Open>): T | undefined {
  const decided = new Set([...decisions].filter((one): one is T => one !== 'any' && one !== 'open'));
  const [only] = decided;
  return decided.size === 1 ? only : undefined;
}

/** The forms and parts of a column's dates. Excel's numbers are dates where nothing else is and most values are such. */
function hasOf({ seen }: DateEvidence): Writing['has'] {
  const others = seen.forms.filter((form) => form !== 'serial');
  const serial = seen.plain === 0 && others.length === 0 && seen.serials * 2 > seen.filled;
  return new Set([
    ...(serial ? (['serial'] as const) : others),
    ...(seen.meridiems ? (['meridiem'] as const) : []),
    ...(seen.offsets ? (['offset'] as const) : []),
  ]);
}

function refuseDates(field: string, { seen }: DateEvidence, { file, headerOf }: Known): never {
  throw new Refusal('ambiguous_dates', {
    file,
    field,
    header: headerOf(field) ?? field,
    samples: seen.samples.join(', '),
  });
}

function refuseNumbers(field: string, { samples }: NumberEvidence, { file, headerOf }: Known): never {
  throw new Refusal('ambiguous_numbers', {
    file,
    field,
    header: headerOf(field) ?? field,
    samples: samples.join(', '),
  });
}
