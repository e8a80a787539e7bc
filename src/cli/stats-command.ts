import { Refusal } from '#lib/errors/refusal.ts';
import { asCsv } from '#lib/server/reports/csv.ts';
import type { Calculator, Kind } from '#lib/stats/calculator.ts';
import { calculators } from '#lib/stats/calculators.ts';
import { word } from '#lib/words/word.ts';
import { allowOnly } from './arguments.ts';
import type { Call, Outcome } from './commands.ts';
import { asTable } from './table-text.ts';

const accepts: Record<Kind, (value: number) => boolean> = {
  count: (value) => Number.isSafeInteger(value) && value >= 0,
  share: (value) => value >= 0 && value <= 1,
  positive: (value) => value > 0,
  number: () => true,
};

/** `stats` lists the methods; `stats NAME NUMBER…` gives the figures of one. Throws Refusal usage for numbers that do not fit. */
export function statsCommand({ arguments: given, format, locale }: Call): Outcome {
  allowOnly(given, []);
  const [name, ...numbers] = given.words;
  if (name === undefined) {
    const rows = Object.entries(calculators).map(([method, calculator]) => [
      usageOf(method, calculator),
      word(locale, `stats.${method}`),
    ]);
    return shown(['method', 'about'], rows, format);
  }
  const calculator = Object.hasOwn(calculators, name) ? calculators[name] : undefined;
  if (calculator === undefined) throw new Refusal('usage', { detail: `stats ${name}` });
  const values = numbers.map((text) => (text.trim() === '' ? NaN : Number(text)));
  if (!isFit(calculator, values))
    throw new Refusal('usage', { detail: `stats ${usageOf(name, calculator)}` });
  const figures = calculator.figures(values);
  if (format === 'json')
    return { out: `${JSON.stringify(Object.fromEntries(figures), null, 2)}\n`, messages: [] };
  return shown(
    ['figure', 'value'],
    figures.map(([figure, value]) => [figure, value === null ? null : String(value)]),
    format,
  );
}

function isFit({ asks, repeats, fits }: Calculator, values: readonly number[]): boolean {
  const isCounted = repeats ? values.length >= asks.length : values.length === asks.length;
  const isKind = values.every((value, at) => {
    const kind = (asks[at] ?? asks.at(-1))?.[1] ?? 'number';
    return Number.isFinite(value) && accepts[kind](value);
  });
  return isCounted && isKind && fits(values);
}

function usageOf(name: string, { asks, repeats }: Calculator): string {
  const numbers = asks.map(([ask]) => ask.toUpperCase()).join(' ');
  return `${name} ${numbers}${repeats ? ' …' : ''}`;
}

function shown(
  columns: readonly string[],
  rows: readonly (readonly (string | null)[])[],
  format: Call['format'],
): Outcome {
  const cells = rows.map((row) => [...row]);
  if (format === 'json')
    return {
      out: `${JSON.stringify(
        cells.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]]))),
        null,
        2,
      )}\n`,
      messages: [],
    };
  return { out: format === 'csv' ? asCsv([...columns], cells) : asTable([...columns], cells), messages: [] };
}
