import { m } from '#lib/paraglide/messages.js';

const notes: Record<string, () => string> = {
  no_source: m['ladder.no_source'],
  zero_base: m['ladder.zero_base'],
};

/** Why there is no attach rate, in words; nothing for an unknown note. */
export function noteWord(note: string | null): string {
  return note === null ? '' : (notes[note]?.() ?? '');
}
