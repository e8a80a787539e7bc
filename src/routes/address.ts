import { Refusal } from '#lib/errors/refusal.ts';
import { isDay } from '#lib/ui/dates.ts';

/** The one value that an address gives a name; null for none or an empty one. Throws Refusal bad_choice for two. */
export function single(address: URLSearchParams, name: string): string | null {
  const given = address.getAll(name).filter((value) => value.trim() !== '');
  const [first, second] = given;
  if (second !== undefined)
    throw new Refusal('bad_choice', { name, value: given.join(', '), choices: given.join(' / ') });
  return first ?? null;
}

/** Like `single`, one of `choices`; undefined for none. Throws Refusal bad_choice for anything else. */
export function choice<T extends string>(
  address: URLSearchParams,
  name: string,
  choices: readonly T[],
): T | undefined {
  const given = single(address, name);
  if (given === null) return undefined;
  const found = choices.find((value) => value === given);
  if (found === undefined)
    throw new Refusal('bad_choice', { name, value: given, choices: choices.join(', ') });
  return found;
}

/** The day that an address gives a name, YYYY-MM-DD; null for none. Throws Refusal bad_date or bad_choice. */
export function day(address: URLSearchParams, name: string): string | null {
  const given = single(address, name);
  if (given !== null && !isDay(given)) throw new Refusal('bad_date', { name, value: given });
  return given;
}

/** The whole number that an address gives a name; null for none. Throws Refusal bad_number, or bad_choice outside of the bounds. */
export function whole(address: URLSearchParams, name: string, least: number, most: number): number | null {
  const given = single(address, name);
  if (given === null) return null;
  const value = Number(given);
  if (!/^\d+$/.test(given) || !Number.isSafeInteger(value))
    throw new Refusal('bad_number', { name, value: given });
  if (value < least || value > most)
    throw new Refusal('bad_choice', { name, value: given, choices: `${least} … ${most}` });
  return value;
}

/** The filters of an address, entries field=value, each once and in a fixed order. */
export function filters(address: URLSearchParams): string[] {
  return [...new Set(address.getAll('where').filter((entry) => entry !== ''))].sort();
}

/** A page's address with what is not null of `entries`. */
export function pageAddress(path: string, entries: readonly (readonly [string, string | null])[]): string {
  const query = new URLSearchParams();
  for (const [name, value] of entries) if (value !== null) query.append(name, value);
  return query.size === 0 ? path : `${path}?${query}`;
}

/** Longest part of an address that a page repeats. */
const REPEATED = 40;

/** An address that knows which of its names a page has read. */
export class ReadAddress extends URLSearchParams {
  readonly #read = new Set<string>();

  override getAll(name: string): string[] {
    this.#read.add(name);
    return super.getAll(name);
  }

  /** What the address says beyond that, `name=value`, cut where it is long; null for nothing. Actions, `?/save`, do not count. */
  unread(): string | null {
    const rest = [...this].filter(([name]) => !this.#read.has(name) && !name.startsWith('/'));
    const [first] = rest;
    if (first === undefined) return null;
    const text = first.join('=');
    const shown = [...text].slice(0, REPEATED).join('');
    return rest.length > 1 || shown !== text ? `${shown}…` : text;
  }
}
