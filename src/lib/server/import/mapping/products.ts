import type { Recognised } from '#lib/exports/recognise.ts';
import type { Field } from '#lib/exports/tables.ts';
import { exact } from '../values/numbers.ts';
import type { Finding } from '../values/read-values.ts';
import type { Filled, Writings } from '../values/writing.ts';
import { foundBeside, styleBeside, styleIn } from './beside.ts';

/**
 * The exact amount of a field of money before it is rounded to cents, with twelve decimals: its text, times its factor
 * where it has one. Null where a part is missing or cannot be read, or where it is a million millions or more.
 */
export function exactAmount(
  { field, text }: Filled,
  { factors }: Pick<Recognised, 'factors'>,
  writings: Writings,
): string {
  const factor = factors.get(field.name);
  const number = exact(text, styleIn(writings, field.name));
  if (factor === undefined) return `${number}::decimal(24,12)`;
  return `try_cast(${number}::decimal(37,6) * ${exact(`t${factor}`, styleBeside(writings, factor))} as decimal(24,12))`;
}

/** An exact amount rounded to cents, half away from zero; null where it is not below a million millions. */
export function cents(amount: string): string {
  return `try_cast(${amount} as decimal(14,2))::decimal(18,2)`;
}

/** Columns of a select list that put exact amounts beside the fields that have a factor or are summed. */
export function exactAmounts(filled: readonly Filled[], list: Recognised, writings: Writings): string {
  return calculated(filled, list)
    .map((one) => `, ${exactAmount(one, list, writings)} as sum_${one.field.name}`)
    .join('');
}

/** What is stored of a field: the product where it has a factor, else its value. */
export function productOf({ name }: Field, { factors }: Pick<Recognised, 'factors'>): string {
  return factors.has(name) ? cents(`sum_${name}`) : name;
}

/** Whether a record has a product with more than the two decimals that are kept. */
export function hasRoundedProduct(filled: readonly Filled[], { factors }: Recognised): string {
  const each = filled
    .filter(({ field }) => factors.has(field.name))
    .map(({ field: { name } }) => `coalesce(sum_${name} <> ${cents(`sum_${name}`)}, false)`);
  return each.length === 0 ? 'false' : each.join(' or ');
}

/** Factors that are missing beside an amount or cannot be read, and products that are no money any more. */
export function badFactors(
  filled: readonly Filled[],
  { factors }: Recognised,
  writings: Writings,
): Finding[] {
  return filled.flatMap(({ field, text }) => {
    const column = factors.get(field.name);
    if (column === undefined) return [];
    const factor = `t${column}`;
    const number = exact(factor, styleBeside(writings, column));
    return [
      { when: `${text} is not null and ${factor} is null`, what: foundBeside(column, 'required') },
      { when: `${factor} is not null and ${number} is null`, what: foundBeside(column, 'number') },
      {
        when: `${number} is not null and ${field.name} is not null and ${cents(`sum_${field.name}`)} is null`,
        what: `${field.name}:money`,
      },
    ];
  });
}

function calculated(filled: readonly Filled[], { factors, sum }: Recognised): readonly Filled[] {
  return filled.filter(({ field }) => factors.has(field.name) || sum.includes(field.name));
}
