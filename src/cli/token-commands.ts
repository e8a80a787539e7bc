import { Refusal } from '#lib/errors/refusal.ts';
import { asCsv } from '#lib/server/reports/csv.ts';
import type { Token } from '#lib/server/tokens/tokens.ts';
import { word } from '#lib/words/word.ts';
import { allowOnly, single } from './arguments.ts';
import type { Call, Outcome } from './commands.ts';
import { doAt } from './place.ts';
import { asTable } from './table-text.ts';
import { standingWished } from './user-commands.ts';

const columns = [
  'id',
  'name',
  'tables',
  'reads',
  'created_at',
  'expires_at',
  'last_used_at',
  'revoked_at',
] as const;

/** `token add NAME`, `token list`, `token revoke ID`. The secret of a new token stands on stdout, this once. */
export async function tokenCommand(call: Call): Promise<Outcome> {
  const [action, subject, ...rest] = call.arguments.words;
  const isList = action === 'list';
  if (rest.length > 0 || isList !== (subject === undefined) || action === undefined)
    throw new Refusal('usage', { detail: 'token add NAME | list | revoke ID' });
  allowOnly(call.arguments, action === 'add' ? ['tables', 'expires', 'role', 'stores', 'staff'] : []);
  if (isList) return tokensOut(call, await doAt(call.place, { kind: 'token_list' }));
  if (action === 'revoke')
    return tokensOut(call, [await doAt(call.place, { kind: 'token_revoke', id: idIn(subject) })]);
  if (action === 'add') return add(call, subject ?? '');
  throw new Refusal('usage', { detail: `token ${action}` });
}

async function add({ arguments: given, place, format, locale }: Call, name: string): Promise<Outcome> {
  const added = await doAt(place, {
    kind: 'token_add',
    name,
    tables: single(given, 'tables') ?? '',
    expires: single(given, 'expires') ?? '',
    reads: single(given, 'role') === undefined ? null : standingWished(given),
  });
  if (format === 'json') return { out: `${JSON.stringify(added, null, 2)}\n`, messages: [] };
  const day = added.token.expires_at?.slice(0, 10);
  const ends = day ? word(locale, 'command.token_ends', { day }) : word(locale, 'command.token_endless');
  return { out: `${added.secret}\n`, messages: [word(locale, 'command.token_once'), ends] };
}

function tokensOut({ format, locale }: Call, tokens: readonly Token[]): Outcome {
  if (format === 'json') return { out: `${JSON.stringify(tokens, null, 2)}\n`, messages: [] };
  const rows = tokens.map((token) =>
    columns.map((column) => {
      if (column === 'tables') return token.tables.join(' ');
      return column === 'reads' ? readsText(token) : token[column];
    }),
  );
  if (format === 'csv') return { out: asCsv(columns, rows), messages: [] };
  const titles = columns.map((column) => word(locale, `token.${column}`));
  return { out: asTable(titles, rows), messages: [] };
}

/** As whom a token asks reports, in a cell: its role with what that is bound to, or the id of the person whose it is. */
function readsText({ reads, person }: Token): string | null {
  if (person !== null) return person;
  if (reads === null) return null;
  if (reads.role === 'manager') return `manager ${reads.stores.join(' ')}`;
  return reads.role === 'staff' ? `staff ${reads.staffId}` : reads.role;
}

function idIn(text: string | undefined): number {
  if (!/^[1-9]\d{0,14}$/.test(text ?? '')) throw new Refusal('usage', { detail: `token revoke ${text}` });
  return Number(text);
}
