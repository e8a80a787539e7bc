import { Refusal } from '#lib/errors/refusal.ts';

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
