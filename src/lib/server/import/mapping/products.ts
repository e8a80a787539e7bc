import type { Recognised } from '#lib/exports/recognise.ts';
import { exact } from '../values/numbers.ts';
import type { Filling } from './fillings.ts';
import type { Finding } from './rules.ts';

/**
 * The exact amount of a field of money before it is rounded to cents, with twelve decimals: its text, times its factor
 * where it has one. Null where a part is missing or cannot be read, or where it is a million millions or more.
 */
export function exactAmount({ field, text }: Filling, list: Recognised): string {
  const style = list.styles.get(field.name) ?? {};
  const factor = list.factors.get(field.name);
  const number = exact(text, style);
  if (factor === undefined) return `${number}::decimal(24,12)`;
  return `try_cast(${number}::decimal(37,6) * ${exact(`t${factor}`, style)} as decimal(24,12))`;
}

/** An exact amount rounded to cents, half away from zero; null where it is not below a million millions. */
export function cents(amount: string): string {
  return `try_cast(${amount} as decimal(14,2))::decimal(18,2)`;
}

/** Factors that are missing beside an amount or cannot be read. */
export function badFactors(filled: readonly Filling[], { factors, styles }: Recognised): Finding[] {
  return filled.flatMap(({ field, text }) => {
    const column = factors.get(field.name);
    if (column === undefined) return [];
    const factor = `t${column}`;
    return [
      { when: `${text} is not null and ${factor} is null`, what: `#${column}:required` },
      {
        when: `${factor} is not null and ${exact(factor, styles.get(field.name))} is null`,
        what: `#${column}:number`,
      },
    ];
  });
}
