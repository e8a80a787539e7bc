import { z } from 'zod';
import { relations } from '#lib/exports/plan.ts';
import type { Rule, Style } from '#lib/exports/plan.ts';
import { comparing } from '#lib/exports/rule.ts';
import { delimiters, encodings } from '#lib/exports/reading.ts';
import type { ReadingChoice } from '#lib/exports/reading.ts';
import type { Draft, DraftFile } from '#lib/server/import/drafts/draft.ts';
import { bareWish, tableIn } from '#lib/server/import/drafts/wish.ts';
import type { ListWish, Wish } from '#lib/server/import/drafts/wish.ts';
import { AUTOMATIC, MEANS_NOTHING, NO_HEADER } from './field-names.ts';

const agreed = z.record(z.string(), z.int().nonnegative());

type Texts = (name: string) => string | undefined;

/** What the form of a draft wants, by the ids of its files. What is not in the form stays as it is. */
export function wishesIn(form: FormData, { files }: Draft): Map<string, Wish> {
  return new Map(files.map((file) => [file.id, wishIn(form, file)]));
}

function wishIn(form: FormData, file: DraftFile): Wish {
  const text: Texts = (name) => {
    const value = form.get(`${file.id}.${name}`);
    return typeof value === 'string' ? value : undefined;
  };
  const shown = file.look.kind === 'seen' ? file.look.lists.length : 0;
  const lists = Array.from({ length: Math.max(shown, 1) }, (_, at) => listIn(form, file, at));
  return { reading: readingIn(text, file), lists, more: tableIn(text('more') ?? '') };
}

/**
 * What is chosen otherwise than it was shown holds, and what is left to be found out is chosen no more; what hangs on a
 * choice is found out anew.
 */
function readingIn(text: Texts, { choice, look, part }: DraftFile): ReadingChoice {
  const own = part?.choice ?? {};
  if (text('reset') !== undefined) return own;
  const reading = look.kind === 'seen' ? look.inspection.reading : null;
  const isNew = (name: string, shown: string | number | null | undefined) => {
    const value = text(name);
    return value !== undefined && value !== '' && value !== String(shown ?? '') ? value : undefined;
  };
  const encoding = isNew('encoding', reading?.encoding);
  if (encoding === AUTOMATIC) return own;
  const named = encodings.find((one) => one === encoding);
  if (named !== undefined) return { ...own, encoding: named };
  return laidOut(choice, {
    delimiter: isNew('delimiter', reading?.delimiter),
    first: isNew('header', reading?.header.rows === 0 ? NO_HEADER : reading?.header.first),
    rows: isNew('rows', reading?.header.rows),
    footer: isNew('footer', reading?.footer),
    shown: reading?.header ?? { first: 0, rows: 1 },
  });
}

/** What a form says anew of how a table lies in its file. */
type LaidOut = Record<'delimiter' | 'first' | 'rows' | 'footer', string | undefined> & {
  shown: { first: number; rows: number };
};

function laidOut(
  { delimiter, header, footer, ...rest }: ReadingChoice,
  { delimiter: mark, first, rows, footer: below, shown }: LaidOut,
): ReadingChoice {
  const isHeaderNew = first !== undefined || rows !== undefined;
  const isHeaderFound = first === AUTOMATIC || rows === AUTOMATIC;
  return {
    ...rest,
    ...said('delimiter', mark === undefined ? delimiter : delimiters.find((one) => one === mark)),
    ...said('header', !isHeaderNew ? header : isHeaderFound ? undefined : headerIn(first, rows, shown)),
    ...said('footer', below === undefined ? footer : below === AUTOMATIC ? undefined : whole(below, 10_000)),
  };
}

const said = <K extends keyof ReadingChoice>(name: K, value: ReadingChoice[K]): Pick<ReadingChoice, K> =>
  (value === undefined ? {} : { [name]: value }) as Pick<ReadingChoice, K>;

function headerIn(
  first: string | undefined,
  rows: string | undefined,
  shown: { first: number; rows: number },
): { first: number; rows: number } {
  if (first === NO_HEADER) return { first: shown.first, rows: 0 };
  return {
    first: first === undefined ? shown.first : whole(first, 1000),
    rows: rows === undefined ? Math.max(shown.rows, 1) : whole(rows, 10),
  };
}

const whole = (text: string, most: number): number =>
  /^\d{1,5}$/.test(text) ? Math.min(Number(text), most) : 0;

function listIn(form: FormData, file: DraftFile, at: number): ListWish {
  const prefix = `${file.id}.l${at}.`;
  const list = file.look.kind === 'seen' ? file.look.lists[at] : undefined;
  const wish = bareWish(tableIn(textOf(form.get(`${prefix}table`)) ?? list?.table ?? ''));
  const rules = new Map<string, Record<string, string>>();
  for (const [name, value] of form) {
    if (!name.startsWith(prefix) || typeof value !== 'string') continue;
    const [kind = '', key = '', ...rest] = name.slice(prefix.length).split('.');
    if (kind === 'column' && COLUMN.test(key)) wish.taken[Number(key)] = value;
    else if (kind === 'from') wish.from[key] = columnIn(value);
    else if (kind === 'times') wish.times[key] = columnIn(value);
    else if (kind === 'sums') wish.sum ??= [];
    else if (kind === 'sum') (wish.sum ??= []).push(key);
    else if (kind === 'rule') rules.set(key, { ...rules.get(key), [rest.join('.')]: value });
    else if (kind === 'agreed') wish.agreed = agreedIn(value);
    else if (kind === 'constant') wish.constants[key] = value;
    else if (kind === 'order') styleIn(wish.styles, key, orderIn(value));
    else if (kind === 'decimal') styleIn(wish.styles, key, decimalIn(value));
    else if (kind === 'meaning')
      (wish.meanings[key] ??= {})[rest.join('.')] = value === MEANS_NOTHING ? null : value || undefined;
  }
  if (rules.size > 0) wish.only = [...rules.values()].flatMap(ruleIn);
  const added = textOf(form.get(`${prefix}add`)) ?? '';
  if (added !== '') {
    const column = columnIn(textOf(form.get(`${prefix}addedfrom`)) ?? '');
    if (column === null) wish.constants[added] = textOf(form.get(`${prefix}added`)) ?? '';
    else wish.from[added] = column;
  }
  return wish;
}

/** What the box of a question about losses says: nothing, or fields with numbers of records. */
function agreedIn(text: string): Record<string, number> {
  try {
    return agreed.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}

const COLUMN = /^\d{1,4}$/;

const columnIn = (text: string): number | null => (COLUMN.test(text) ? Number(text) : null);

/** A row of the form for rules; without a column it is none. Numbers may be written as people write them. */
function ruleIn({ column = '', is: relation = '', value = '' }: Record<string, string>): Rule[] {
  const at = columnIn(column);
  if (at === null) return [];
  const is = relations.find((one) => one === relation) ?? 'filled';
  if (is === 'filled') return [{ column: at, is }];
  const text = value.trim();
  return [
    { column: at, is, value: comparing.has(is) ? text.normalize('NFKC').replaceAll(/[,\s]/g, '') : text },
  ];
}

const textOf = (value: FormDataEntryValue | null): string | undefined =>
  typeof value === 'string' ? value : undefined;

function styleIn(styles: Record<string, Style>, field: string, style: Style): void {
  styles[field] = { ...styles[field], ...style };
}

const orderIn = (value: string): Style =>
  value === 'dmy' || value === 'mdy' || value === 'ymd' ? { order: value } : {};

const decimalIn = (value: string): Style => (value === '.' || value === ',' ? { decimal: value } : {});
