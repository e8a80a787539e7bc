import { Refusal } from '#lib/errors/refusal.ts';
import { visible } from '#lib/exports/visible.ts';
import { asCsv } from '#lib/server/reports/csv.ts';
import { word } from '#lib/words/word.ts';
import { allowOnly, single } from './arguments.ts';
import type { Call, Outcome } from './commands.ts';
import { doAt } from './place.ts';
import { asTable } from './table-text.ts';
import { whoAsks } from './who-asks.ts';

const PAGE_SIZE = 100;

/** `customer KEY --reason TEXT`: everything that is held on a customer, as JSON; who asked is noted. */
export async function customerCommand({ arguments: given, place }: Call): Promise<Outcome> {
  allowOnly(given, ['reason']);
  const [key, ...rest] = given.words;
  const reason = single(given, 'reason') ?? '';
  if (key === undefined || rest.length > 0)
    throw new Refusal('usage', { detail: 'customer KEY --reason TEXT' });
  const held = await doAt(place, { kind: 'customer', key, by: whoAsks(), reason });
  return { out: `${JSON.stringify(held, null, 2)}\n`, messages: [] };
}

/** `erase KEY` says what would change, `erase KEY --yes --reason TEXT` erases a customer for good. */
export async function eraseCommand({ arguments: given, place, format, locale }: Call): Promise<Outcome> {
  allowOnly(given, ['yes', 'reason']);
  const [key, ...rest] = given.words;
  if (key === undefined || rest.length > 0)
    throw new Refusal('usage', { detail: 'erase KEY [--yes --reason TEXT]' });
  const reason = given.flags.has('yes') ? (single(given, 'reason') ?? '') : null;
  const done = await doAt(place, { kind: 'erase', key, by: whoAsks(), reason });
  const { customer, isDone, rows, rejected } = done;
  const messages = [
    word(locale, isDone ? 'command.erased' : 'command.would_erase', { customer: visible(customer) }),
  ];
  if (format === 'json') return { out: `${JSON.stringify(done, null, 2)}\n`, messages };
  const cells = [
    ...rows.map(({ table, records }) => [table, records]),
    ...(rejected === 0 ? [] : [['rejected', rejected]]),
  ];
  if (format === 'csv') return { out: asCsv(['list', 'records'], cells), messages };
  const titles = ['list', 'records'].map((column) => word(locale, `command.erase.${column}`));
  return { out: asTable(titles, cells), messages };
}

const columns = ['at', 'name', 'role', 'kind', 'customer', 'reason'] as const;

/** `access-log`: who opened whose file, when and why, the latest first. */
export async function accessLogCommand({ arguments: given, place, format, locale }: Call): Promise<Outcome> {
  allowOnly(given, ['who', 'customer', 'from', 'to', 'page']);
  if (given.words.length > 0) throw new Refusal('usage', { detail: 'access-log' });
  const asked = ['who', 'customer', 'from', 'to'].flatMap((name) => {
    const value = single(given, name);
    return value === undefined ? [] : [[name, value]];
  });
  const page = Number(single(given, 'page') ?? 1);
  if (!Number.isInteger(page) || page < 1) throw new Refusal('usage', { detail: '--page' });
  const { lines } = await doAt(place, {
    kind: 'access_log',
    filter: Object.fromEntries(asked) as Record<string, string>,
    page,
    size: PAGE_SIZE,
  });
  if (format === 'json') return { out: `${JSON.stringify(lines, null, 2)}\n`, messages: [] };
  const cells = lines.map(({ at, who, kind, customer, reason }) => [
    at,
    visible(who.name),
    who.role,
    kind,
    visible(customer),
    visible(reason),
  ]);
  if (format === 'csv') return { out: asCsv(columns, cells), messages: [] };
  const titles = ['when', 'who', 'role', 'did', 'customer', 'reason'].map((name) =>
    word(locale, `access.${name}`),
  );
  return { out: asTable(titles, cells), messages: [] };
}
