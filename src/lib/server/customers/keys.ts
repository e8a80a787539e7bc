import type { Vault } from '../pull/vault.ts';

/** The keys of the erased: `hash` finds again whom a later import brings, `alias` makes their pseudonyms. 32 characters each. */
export type Keys = { hash: string; alias: string };

/** As long as one block of the hash leaves room for: a longer key would double its cost. */
const LENGTH = 32;

/** The keys of a data folder, derived from its own. Throws Refusal weak_key, secret_unreadable. */
export function keysOf({ derive }: Pick<Vault, 'derive'>): Keys {
  return {
    hash: derive('the erased').slice(0, LENGTH),
    alias: derive('pseudonyms of the erased').slice(0, LENGTH),
  };
}
