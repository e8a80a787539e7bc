import { Refusal } from '#lib/errors/refusal.ts';
import type { Person } from '#lib/server/accounts/people.ts';
import { rowOfStanding } from '#lib/server/accounts/standing.ts';
import type { StandingWish } from '#lib/server/accounts/standing.ts';
import { asCsv } from '#lib/server/reports/csv.ts';
import { word } from '#lib/words/word.ts';
import { allowOnly, single } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import type { Call, Outcome } from './commands.ts';
import { doAt } from './place.ts';
import { asTable } from './table-text.ts';

const USAGE = 'user add NAME --role ROLE | list | disable NAME | reset NAME';
const columns = ['name', 'role', 'stores', 'staff_id', 'created_at', 'disabled_at'] as const;

/** `user add NAME`, `user list`, `user disable NAME`, `user reset NAME`. A link that is made stands on stdout, this once. */
export async function userCommand(call: Call): Promise<Outcome> {
  const { arguments: given, place } = call;
  const [action, name, ...rest] = given.words;
  const isList = action === 'list';
  if (rest.length > 0 || isList !== (name === undefined)) throw new Refusal('usage', { detail: USAGE });
  allowOnly(given, action === 'add' ? ['role', 'stores', 'staff'] : []);
  if (isList) return peopleOut(call, await doAt(place, { kind: 'user_list' }));
  switch (action) {
    case 'add':
      return linkOut(
        call,
        await doAt(place, { kind: 'user_add', name: name ?? '', wish: standingWished(given) }),
      );
    case 'reset':
      return linkOut(call, await doAt(place, { kind: 'user_reset', name: name ?? '' }));
    case 'disable':
      return peopleOut(call, [await doAt(place, { kind: 'user_disable', name: name ?? '' })]);
    default:
      throw new Refusal('usage', { detail: USAGE });
  }
}

/** The role of `--role`, with `--stores A,B` of a manager and `--staff ID` of staff. */
export function standingWished(given: Arguments): StandingWish {
  return {
    role: single(given, 'role') ?? '',
    stores: (single(given, 'stores') ?? '').split(/[,，、]/),
    staffId: single(given, 'staff') ?? null,
  };
}

/** The link at the address where the server is found: ORIGIN, else this machine. */
function linkOut({ format, locale }: Call, { person, path }: { person: Person; path: string }): Outcome {
  const { ORIGIN, PORT = '3000' } = process.env;
  const link = new URL(path, ORIGIN ?? `http://127.0.0.1:${PORT}`).href;
  if (format === 'json') return { out: `${JSON.stringify({ person, link }, null, 2)}\n`, messages: [] };
  return { out: `${link}\n`, messages: [word(locale, 'command.user_link', { name: person.name })] };
}

function peopleOut({ format, locale }: Call, people: readonly Person[]): Outcome {
  if (format === 'json') return { out: `${JSON.stringify(people, null, 2)}\n`, messages: [] };
  const rows = people.map(({ name, standing, createdAt, disabledAt }) => {
    const { role, stores, staff_id } = rowOfStanding(standing);
    const list = stores === null ? null : (JSON.parse(stores) as string[]).join(' ');
    return [name, role, list, staff_id, createdAt, disabledAt];
  });
  if (format === 'csv') return { out: asCsv(columns, rows), messages: [] };
  const titles = columns.map((column) => word(locale, `user.${column}`));
  return { out: asTable(titles, rows), messages: [] };
}
