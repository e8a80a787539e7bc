import { partLabels } from '#lib/exports/part-label.ts';
import type { Reading } from '#lib/exports/reading.ts';
import { visible } from '#lib/exports/visible.ts';
import type { BatchesRow } from '#lib/server/reports.gen.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { moment } from '../../moment.ts';

/** What the history knows of a batch besides its counts: each under a name in the reader's language. */
export function factsOf(locale: Locale, zone: string, row: BatchesRow): { name: string; text: string }[] {
  const facts: [string, string | null][] = [
    ['source', row.source === null ? null : sourceOf(locale, row)],
    ['imported_by', row.imported_by],
    ['beside', row.reading === null ? null : besideOf(locale, JSON.parse(row.reading) as Reading)],
    ['reading', row.reading === null ? null : readingOf(locale, JSON.parse(row.reading) as Reading)],
    ['decided_by', word(locale, `decided.${row.decided_by}`)],
    ['withdrawn_at', row.withdrawn_at === null ? null : moment(locale, zone, row.withdrawn_at)],
    ['withdrawn_by', row.withdrawn_by],
    ['file_hash', row.file_hash],
  ];
  return facts.flatMap(([key, text]) =>
    text === null ? [] : [{ name: word(locale, `data.fact.${key}`), text: visible(text) }],
  );
}

/** Batches of an earlier release say nothing of it. */
function besideOf(locale: Locale, { beside = [] }: Partial<Pick<Reading, 'beside'>>): string | null {
  return beside.length === 0 ? null : partLabels(locale, beside);
}

function sourceOf(locale: Locale, { source, source_name }: BatchesRow): string {
  const way = word(locale, `source.${source}`);
  return source_name === null ? way : `${way} · ${source_name}`;
}

function readingOf(locale: Locale, reading: Reading): string {
  const { format, packed, member, sheet, encoding, header, footer } = reading;
  const parts = [
    word(locale, `data.format.${format}`),
    packed === 'none' ? null : packed,
    member,
    sheet === null ? null : word(locale, 'data.reading.sheet', { sheet }),
    encoding?.toUpperCase() ?? null,
    header.first > 0 ? word(locale, 'data.reading.preamble', { count: header.first }) : null,
    footer > 0 ? word(locale, 'data.reading.footer', { count: footer }) : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}
