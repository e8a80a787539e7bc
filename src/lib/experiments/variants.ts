/** A way that an experiment tries, and its share of the units: a positive number; the shares of all sum to 1. */
export type Variant = { readonly name: string; readonly share: number };

/** What may stand between a name and its share. */
const BETWEEN = [':', '：', '=', ' ', '\u3000'] as const;

/**
 * Variants and shares as a list writes them: `usual:50, gift:50`, `平时 50、送礼 50`, or the names alone for equal shares. Null
 * where it is no such text: fewer than two, a name twice, a share of 0, or shares of some only.
 */
export function readVariants(text: string | null): Variant[] | null {
  const entries = (text ?? '')
    .split(/[,，;；、|]/u)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const told = entries.map(readEntry);
  const bare = told.filter(({ weight }) => weight === null).length;
  const names = new Set(told.map(({ name }) => name));
  if (told.length < 2 || names.size < told.length || (bare > 0 && bare < told.length)) return null;
  const weights = told.map(({ weight }) => weight ?? 1);
  if (weights.some((weight) => !(weight > 0))) return null;
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return told.map(({ name }, at) => ({ name, share: (weights[at] ?? 0) / all }));
}

/** A name with its share, or without. */
function readEntry(entry: string): { name: string; weight: number | null } {
  const text = ['%', '％'].some((sign) => entry.endsWith(sign)) ? entry.slice(0, -1).trimEnd() : entry;
  const cut = Math.max(...BETWEEN.map((sign) => text.lastIndexOf(sign)));
  const said = text.slice(cut + 1);
  if (cut < 1 || !/^\d+(\.\d+)?$/.test(said)) return { name: entry, weight: null };
  const before = text.slice(0, cut).trimEnd();
  const isCut = BETWEEN.some((sign) => before.endsWith(sign));
  return { name: isCut ? before.slice(0, -1).trimEnd() : before, weight: Number(said) };
}
