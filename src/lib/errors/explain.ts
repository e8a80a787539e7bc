import type { Locale } from '#lib/words/locale.ts';
import { hasWord, word } from '#lib/words/word.ts';
import { named } from './named.ts';
import { Refusal } from './refusal.ts';

/** What a person is told about a failure: one sentence, what to do, and the technical cause if there is one. */
export type Explanation = { code: string; message: string; remedy: string; cause: string | null };

/** Where somebody asked: who clicks cannot type an option, and who sends records can do neither. */
export type Asked = 'page' | 'api' | 'command';

/** Nobody reads more of a value that was handed in. */
const LONGEST = 500;

/**
 * Puts any thrown value into the words of `locale`; both fit where somebody asked. What is not a
 * Refusal has the code `internal`.
 */
export function explain(error: unknown, locale: Locale, asked: Asked): Explanation {
  const refusal = error instanceof Refusal ? error : new Refusal('internal', {}, error);
  const params = Object.fromEntries(
    Object.entries(asked === 'page' ? named(locale, refusal.params) : refusal.params).map(([name, value]) => [
      name,
      shortened(value),
    ]),
  );
  const said = `error.${asked}.${refusal.code}`;
  const own = `remedy.${asked}.${refusal.code}`;
  return {
    code: refusal.code,
    message: word(locale, hasWord(said) ? said : `error.${refusal.code}`, params),
    remedy: word(locale, hasWord(own) ? own : `remedy.${refusal.code}`, params),
    cause: causeText(refusal.cause),
  };
}

function shortened(value: string | number): string | number {
  return typeof value === 'string' && value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}

function causeText(cause: unknown): string | null {
  if (cause === undefined || cause === null) return null;
  return cause instanceof Error ? cause.message : String(cause);
}
