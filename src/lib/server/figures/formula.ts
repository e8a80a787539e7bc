import { figureLink } from '#lib/ui/figure-link.ts';
import type { FigureAddress } from '#lib/ui/figure-link.ts';
import { inFull } from '#lib/ui/numbers.ts';
import { namesIn } from '../reports/opening.ts';
import type { ReportSpec } from '../reports/spec.ts';
import type { Arguments } from '../warehouse/parameters.ts';
import type { Row } from '../warehouse/values.ts';
import { matches } from './row.ts';
import { numberWords, valueWords } from './words.ts';
import type { Reader } from './words.ts';

/** One piece of a formula: a sign with the spaces around it, or a number with its name and the link that opens it. */
export type Piece = { sign: string } | { name: string; value: string; href: string };

export type Formula = { name: string; pieces: Piece[]; result: string };

const SIGNS: Readonly<Record<string, string>> = {
  '/': ' ÷ ',
  '*': ' × ',
  '-': ' − ',
  '+': ' + ',
  ',': ', ',
  log_mean: 'L',
};

/** The formula of a number with the figures of its row put in; null where its report declares none. */
export function formulaOf(
  reader: Reader,
  spec: ReportSpec,
  address: FigureAddress,
  params: Arguments,
  row: Row,
): Formula | null {
  const found = spec.opening.formulas.find(
    ({ column, when }) => column === address.column && matches(row, params, when),
  );
  const own = spec.columns.find(({ name }) => name === address.column);
  if (!found || !own) return null;
  const names = new Set(namesIn(found.text));
  const pieces = (found.text.match(/[a-z_]\w*|[^\s\w]|\d[\d.]*/g) ?? []).map((token): Piece => {
    const column = names.has(token) ? spec.columns.find(({ name }) => name === token) : undefined;
    if (column === undefined) return { sign: SIGNS[token] ?? token };
    const value = row[token] ?? null;
    return {
      name: numberWords(reader.locale, spec.name, token, row),
      value:
        column.type === 'double' && value !== null
          ? inFull(reader.locale, Number(value))
          : valueWords(reader, column, value),
      href: figureLink(spec.name, token, address.params, address.key),
    };
  });
  return {
    name: numberWords(reader.locale, spec.name, address.column, row),
    pieces,
    result: valueWords(reader, own, row[address.column] ?? null),
  };
}
