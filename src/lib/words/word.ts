import * as messages from '#lib/paraglide/messages.js';
import type { Locale } from './locale.ts';

type Message = (params: Record<string, unknown>, options: { locale: Locale }) => string;

/**
 * The words of a key that is only known at run time, e.g. `report.funnel.people`. Server and command line only: pages
 * name their messages, so that the browser gets no others. An unknown key comes back as it is.
 */
export function word(locale: Locale, key: string, params: Record<string, unknown> = {}): string {
  const message = (messages.m as unknown as Record<string, Message | undefined>)[key];
  return message ? message(params, { locale }) : key;
}

/** Whether there are words for a key. */
export function hasWord(key: string): boolean {
  return key in messages.m;
}
