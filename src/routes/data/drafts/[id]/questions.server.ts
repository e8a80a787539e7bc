import type { Style } from '#lib/exports/plan.ts';
import { visible } from '#lib/exports/visible.ts';
import type { Seen } from '#lib/server/import/drafts/draft.ts';
import { isDay, longDay } from '#lib/ui/dates.ts';
import { intlTag } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';

/** How the days or numbers of a column are written, with an example of each reading; `value` is empty while it is open. */
export type Question = {
  kind: 'order' | 'decimal';
  list: number;
  field: string;
  header: string;
  sample: string;
  value: string;
  options: { value: string; reading: string }[];
};

const DATE = /^(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?!\d)/;

/** What no value of a file decides, and what a person has said about it. */
export function questionsOf(locale: Locale, seen: Seen): Question[] {
  return seen.lists.flatMap((list, at) =>
    Object.entries(list.columns).flatMap(([field, column]): Question[] => {
      const header = seen.inspection.head.headers[column] ?? '';
      const style = list.styles?.[field];
      const asked = askedOf(seen, field);
      const kind = asked?.kind ?? kindOf(style);
      if (kind === null) return [];
      const samples = [...(asked?.samples ?? []), ...samplesOf(seen, column)];
      const { sample, options } = (kind === 'order' ? dayReadings : numberReadings)(locale, samples);
      const value = (kind === 'order' ? style?.order : style?.decimal) ?? '';
      return [{ kind, list: at, field, header: visible(header), sample: visible(sample), value, options }];
    }),
  );
}

const kindOf = (style: Style | undefined): Question['kind'] | null =>
  style?.order !== undefined ? 'order' : style?.decimal !== undefined ? 'decimal' : null;

function askedOf({ check }: Seen, field: string): { kind: Question['kind']; samples: string[] } | null {
  if (check.kind !== 'refused' || check.refusal.params['field'] !== field) return null;
  const { code, params } = check.refusal;
  if (code !== 'ambiguous_dates' && code !== 'ambiguous_numbers') return null;
  const samples = String(params['samples'] ?? '').split(', ');
  return { kind: code === 'ambiguous_dates' ? 'order' : 'decimal', samples };
}

const samplesOf = ({ inspection: { head } }: Seen, column: number): string[] =>
  head.sample.map((row) => (row[column] ?? '').trim());

type Readings = { sample: string; options: Question['options'] };

/** The first sample that the orders read differently, and each reading that is a day. */
function dayReadings(locale: Locale, samples: readonly string[]): Readings {
  const read = samples.map((sample) => ({
    sample,
    options: (['dmy', 'mdy', 'ymd'] as const).flatMap((value) => {
      const day = dayBy(value, sample);
      return day === null ? [] : [{ value, reading: longDay(locale, day) }];
    }),
  }));
  const differing = read.find(({ options }) => new Set(options.map(({ reading }) => reading)).size > 1);
  return differing ?? { sample: samples[0] ?? '', options: [] };
}

function dayBy(order: 'dmy' | 'mdy' | 'ymd', sample: string): string | null {
  const parts = DATE.exec(sample)?.slice(1) ?? [];
  const [year = '', month = '', date = ''] = [...'ymd'].map((part) => parts[order.indexOf(part)] ?? '');
  if ((year.length !== 4 && year.length !== 2) || month.length > 2 || date.length > 2) return null;
  const whole = year.length === 4 ? year : `${year < '50' ? '20' : '19'}${year}`;
  const day = `${whole}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isDay(day) ? day : null;
}

function numberReadings(locale: Locale, samples: readonly string[]): Readings {
  const sample = samples.find((one) => /\d[.,]\d{3}$/.test(one)) ?? samples[0] ?? '';
  const plain = sample.replace(/[^\d.,-]/g, '');
  const point = Number(plain.replaceAll(',', ''));
  const comma = Number(plain.replaceAll('.', '').replace(',', '.'));
  const said = (value: number) => value.toLocaleString(intlTag(locale), { maximumFractionDigits: 3 });
  return {
    sample,
    options: [
      { value: '.', reading: said(point) },
      { value: ',', reading: said(comma) },
    ],
  };
}
