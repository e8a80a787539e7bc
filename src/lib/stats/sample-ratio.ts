import { chiSquareTail } from './chi-square.ts';

/** How the units fell on the variants, against how they should have. */
export type SampleRatio = { readonly chiSquare: number; readonly degrees: number; readonly p: number };

/**
 * Pearson's chi-square of the units of each variant against its weight (Pearson 1900, Philosophical Magazine 50:157; Fabijan et al.
 * 2019, KDD, 2156). A small p (0.001 and below) means that the assignment or its recording is broken, and no result can be trusted.
 * Degrees are the variants minus one; one of weight 0 adds no term. p is 1 without units or with one variant.
 */
export function sampleRatio(
  variants: readonly { readonly units: number; readonly weight: number }[],
): SampleRatio {
  const all = variants.reduce((sum, { units }) => sum + units, 0);
  const weights = variants.reduce((sum, { weight }) => sum + weight, 0);
  const degrees = variants.length - 1;
  if (all === 0 || weights <= 0 || degrees < 1) return { chiSquare: 0, degrees, p: 1 };
  const chiSquare = variants
    .filter(({ weight }) => weight > 0)
    .map(({ units, weight }) => ({ units, expected: (weight / weights) * all }))
    .reduce((sum, { units, expected }) => sum + (units - expected) ** 2 / expected, 0);
  return { chiSquare, degrees, p: chiSquareTail(chiSquare, degrees) };
}
