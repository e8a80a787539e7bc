/** What somebody is known by, as the model `client_traits` stores it. */
export interface Trait {
  client_id: string;
  kind: string;
  value: string;
  is_partners: boolean;
}

/** A pair that the report `client_matches` proposes, named like its columns. */
export interface Match {
  client_a: string;
  client_b: string;
  confidence: number;
  phone_match: string | null;
  name_bearers: number | null;
  store_match: string | null;
}

const AGREES: Readonly<Record<string, { m: number; chance: number }>> = {
  phone: { m: 0.8, chance: 0.01 },
  wechat: { m: 0.8, chance: 0.01 },
  name: { m: 0.6, chance: 1 },
  store: { m: 0.9, chance: 1 },
  city: { m: 0.9, chance: 1 },
  wedding: { m: 0.9, chance: 1 },
};

/** Every two clients who share what few bear, looked at one after another; without those that an order names. */
export function clientMatches(traits: readonly Trait[]): Match[] {
  const clients = [...Map.groupBy(traits, ({ client_id }) => client_id)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const bearers = (kind: string, value: string) =>
    new Set(traits.filter((t) => t.kind === kind && t.value === value).map(({ client_id }) => client_id))
      .size;
  const found: Match[] = [];
  for (const [at, [one, ofOne]] of clients.entries())
    for (const [other, ofOther] of clients.slice(at + 1)) {
      const kinds = Object.keys(AGREES).flatMap((kind) => {
        const own = ofOne.filter((t) => t.kind === kind);
        const theirs = ofOther.filter((t) => t.kind === kind);
        if (own.length === 0 || theirs.length === 0) return [];
        const both = own.flatMap((t) => {
          const same = theirs.find(({ value }) => value === t.value);
          return same
            ? [{ bearers: bearers(kind, t.value), byPartner: t.is_partners || same.is_partners }]
            : [];
        });
        return [{ kind, both, fewest: Math.min(...both.map((same) => same.bearers)) }];
      });
      const fewest = (kind: string) => kinds.find((told) => told.kind === kind)?.fewest ?? Infinity;
      const isBound =
        Math.min(fewest('phone'), fewest('wechat')) <= 10 ||
        (fewest('name') <= 20 && Math.min(fewest('store'), fewest('wedding')) < Infinity);
      if (!isBound) continue;
      const odds = kinds.reduce((product, { kind, both, fewest: few }) => {
        const { m = 0, chance = 1 } = AGREES[kind] ?? {};
        return product * (both.length === 0 ? 1 - m : (m * clients.length) / ((few - 1) * chance));
      }, 0.25 / clients.length);
      const phones = kinds.find(({ kind }) => kind === 'phone')?.both;
      const stores = kinds.find(({ kind }) => kind === 'store')?.both;
      found.push({
        client_a: one,
        client_b: other,
        confidence: odds / (1 + odds),
        phone_match:
          phones === undefined
            ? null
            : phones.length === 0
              ? 'different'
              : phones.every(({ byPartner }) => byPartner)
                ? 'partner'
                : 'own',
        name_bearers: fewest('name') < Infinity ? fewest('name') : null,
        store_match: stores === undefined ? null : stores.length === 0 ? 'different' : 'same',
      });
    }
  return found;
}
