import type { Choices } from '#lib/exports/field.ts';
import { literal } from './text.ts';

/** The canonical value of a text in any of its spellings, null where it is none of them. */
export function chosen(choices: Choices, column: string): string {
  const plain = `replace(lower(${column}), '_', ' ')`;
  const arms = Object.entries(choices).map(([value, spellings]) => {
    const texts = [value, ...spellings].map((text) => literal(text.toLowerCase().replaceAll('_', ' ')));
    return `when ${plain} in (${texts.join(', ')}) then ${literal(value)}`;
  });
  return `case ${arms.join(' ')} end`;
}
