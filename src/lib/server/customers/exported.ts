import type { App } from '../app.ts';
import { heldOn } from './held.ts';
import type { Held } from './held.ts';
import { idsOf } from './ids.ts';
import type { Subject } from './subject.ts';

/** Everything that is held on somebody, as it is handed to them. */
export type Exported = {
  customer: string;
  as_of: string;
  records: ({ list: Held['list']; at: string | null } & Record<string, unknown>)[];
};

/** What is held on a subject, as a file: each record with its fields by their names in the lists, empty ones left out. */
export async function exportedOf({ warehouse, clock }: App, subject: Subject): Promise<Exported> {
  const held = await heldOn(warehouse, subject, await idsOf(warehouse, subject));
  return {
    customer: subject.key,
    as_of: clock().toISOString(),
    records: held.map(({ list, at, fields, extra }) => ({
      list,
      at,
      fields: filled(fields),
      ...(Object.keys(extra).length === 0 ? {} : { more: filled(extra) }),
    })),
  };
}

function filled(fields: Held['fields']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
