import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Locale } from '#lib/words/locale.ts';

/** A refusal beside a form: its sentence and remedy. */
export type Problem = { status: number; code: string; message: string; remedy: string };

/** What is told beside a form; what is not a refusal goes on. */
export function problemOf(error: unknown, locale: Locale): Problem {
  if (!(error instanceof Refusal) || error.status >= 500) throw error;
  const { code, message, remedy } = explain(error, locale, 'page');
  return { status: error.status, code, message, remedy };
}
