import { createHash } from 'node:crypto';
import type { Variant } from './variants.ts';

/** So many bytes of the hash make the number: all that a double holds exactly. */
const BYTES = 6;

/**
 * The variant of a unit: SHA-256 of `experiment:unit` in UTF-8, of which the first six bytes as a fraction in [0, 1) fall into
 * one of the shares laid end to end. The same unit always gets the same; another experiment shuffles anew (its number is the
 * salt); a share that grows at its end takes units from the next variant only. `variants` as readVariants gives them.
 */
export function variantOf(experiment: string, unit: string, variants: readonly Variant[]): Variant {
  const place = placeOf(experiment, unit);
  let end = 0;
  for (const variant of variants) {
    end += variant.share;
    if (place < end) return variant;
  }
  const last = variants.at(-1);
  if (last === undefined) throw new Error('There are no variants.');
  return last;
}

function placeOf(experiment: string, unit: string): number {
  const hash = createHash('sha256').update(`${experiment}:${unit}`, 'utf8').digest();
  return hash.readUIntBE(0, BYTES) / 2 ** (8 * BYTES);
}
