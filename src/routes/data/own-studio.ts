import { Refusal } from '#lib/errors/refusal.ts';
import type { Own } from '#lib/server/studio/studios.ts';

/** The owner's studio. Throws Refusal sample_only where only the sample is open. */
export function ownStudio(own: Own | null): Own {
  if (own === null) throw new Refusal('sample_only', {});
  return own;
}
