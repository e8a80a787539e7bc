import type { App } from '#lib/server/app.ts';
import type { Token } from '#lib/server/tokens/tokens.ts';
import type { Locale } from '#lib/words/locale.ts';
import { moment } from './data/moment.ts';

/** A token as a page lists it: its moments in words, `whose` where the page says so. `until` is null where it never ends. */
export type TokenLine = {
  id: number;
  name: string;
  whose: string | null;
  until: string | null;
  used: string | null;
};

/** The tokens that were not revoked, the newest first: of one person, or of everybody. */
export function tokensOf({ tokens }: Pick<App, 'tokens'>, person?: string): Token[] {
  return tokens
    .all()
    .filter((token) => token.revoked_at === null && (person === undefined || token.person === person));
}

/** A token in a reader's words. */
export function tokenLine(
  locale: Locale,
  { settings }: Pick<App, 'settings'>,
  { id, name, expires_at, last_used_at }: Token,
  whose: string | null,
): TokenLine {
  const when = (instant: string | null) =>
    instant === null ? null : moment(locale, settings.get('time_zone'), instant.slice(0, 19));
  return { id, name, whose, until: when(expires_at), used: when(last_used_at) };
}
