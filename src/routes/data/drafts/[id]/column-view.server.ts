import { fieldLabel } from '#lib/exports/field-label.ts';
import { proposeFields } from '#lib/exports/propose.ts';
import { isTableName } from '#lib/exports/tables.ts';
import { inOneLine, visible } from '#lib/exports/visible.ts';
import type { Seen } from '#lib/server/import/drafts/draft.ts';
import { fieldOfColumn, UNDECIDED } from '#lib/server/import/drafts/wish.ts';
import type { Locale } from '#lib/words/locale.ts';

/** A column of a file: its first values, and for each list what it is taken for. */
export type ColumnView = {
  at: number;
  /** Empty where it has no header. */
  header: string;
  samples: string;
  /**
   * `isElsewhere`: another list of the file uses it, so that it is no extra column of this one; `rival`: the field that it
   * looks like although another column was taken for it; `reckons`: the field that is its product with another column.
   */
  taken: {
    field: string;
    isAsked: boolean;
    isElsewhere: boolean;
    rival: string | null;
    reckons: string | null;
  }[];
};

const SAMPLES = 3;
const LONGEST = 60;

/** The columns of a file in their order. */
export function columnViews(locale: Locale, seen: Seen, stores: ReadonlySet<string>): ColumnView[] {
  const { lists, asked, inspection } = seen;
  const { headers, sample } = inspection.head;
  const proposed = lists.map(({ table }) =>
    isTableName(table) ? proposeFields(table, headers, sample, stores) : [],
  );
  return headers.map((header, at) => ({
    at,
    header: visible(header),
    samples: samplesOf(sample, at),
    taken: lists.map((list, number) => {
      const field = fieldOfColumn(list, at) ?? '';
      const isAsked = field === '' && asked.includes(at);
      const one = proposed[number]?.[at];
      const rival = field === '' && one?.kind === 'rival' && isTableName(list.table) ? one.field : null;
      const product = Object.entries(list.factors ?? {}).find(([, factor]) => factor === at)?.[0];
      const named = (name: string | null | undefined) =>
        name && isTableName(list.table) ? fieldLabel(locale, list.table, name) : null;
      return {
        field: isAsked ? UNDECIDED : field,
        isAsked,
        isElsewhere: lists.some((other) => other !== list && fieldOfColumn(other, at) !== undefined),
        rival: named(rival),
        reckons: named(product),
      };
    }),
  }));
}

function samplesOf(sample: readonly (readonly string[])[], at: number): string {
  const filled = [...new Set(sample.map((row) => inOneLine(row[at] ?? '')))].filter(Boolean);
  const text = visible(filled.slice(0, SAMPLES).join(' · '));
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
