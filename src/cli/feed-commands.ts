import { readFile } from 'node:fs/promises';
import { Refusal } from '#lib/errors/refusal.ts';
import { asCsv } from '#lib/server/reports/csv.ts';
import type { FeedState } from '#lib/server/pull/feeds.ts';
import { word } from '#lib/words/word.ts';
import { allowOnly } from './arguments.ts';
import type { Call, Outcome } from './commands.ts';
import { lossMessages } from './loss-messages.ts';
import { doAt } from './place.ts';
import { nameOf, summariesOut } from './summaries.ts';
import { asTable } from './table-text.ts';

const USAGE = 'feed put FILE | list | try NAME | run NAME | remove NAME';

const columns = [
  'name',
  'place',
  'table',
  'schedule',
  'cursor',
  'last_run_at',
  'last_outcome',
  'last_read',
] as const satisfies readonly (keyof FeedState)[];

/** `feed put FILE`, `feed list`, `feed try NAME`, `feed run NAME`, `feed remove NAME`: lists that are fetched by themselves. */
export async function feedCommand(call: Call): Promise<Outcome> {
  const { arguments: given, place, format } = call;
  const [action, subject, ...rest] = given.words;
  allowOnly(given, []);
  if (action === 'list' && subject === undefined)
    return feedsOut(call, await doAt(place, { kind: 'feed_list' }));
  if (subject === undefined || rest.length > 0) throw new Refusal('usage', { detail: USAGE });
  switch (action) {
    case 'put':
      return feedsOut(call, await doAt(place, { kind: 'feed_put', feed: await feedIn(subject) }));
    case 'remove':
      return feedsOut(call, await doAt(place, { kind: 'feed_remove', name: subject }));
    case 'try': {
      const tried = await doAt(place, { kind: 'feed_try', name: subject });
      if (format === 'json') return json(tried);
      const { headers, first } = tried;
      return rowsOut(
        call,
        ['column', 'first'],
        headers.map((header, at) => [header, first[at] ?? null]),
      );
    }
    case 'run': {
      const { summaries, emptied, refused } = await doAt(place, { kind: 'feed_run', name: subject });
      const failed = refused.length > 0;
      const losses = lossMessages(summaries, emptied, call.locale);
      if (format === 'json') return { ...json({ summaries, refused }), messages: losses, failed };
      const messages = refused.map(({ file, code }) =>
        word(call.locale, 'command.feed_refused', { file: nameOf(file), code }),
      );
      return {
        out: summariesOut(summaries, format, call.locale),
        messages: [...losses, ...messages],
        failed,
      };
    }
    default:
      throw new Refusal('usage', { detail: USAGE });
  }
}

async function feedIn(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    throw new Refusal('bad_feed', { problem: file }, error);
  }
}

const json = (value: unknown): Outcome => ({ out: `${JSON.stringify(value, null, 2)}\n`, messages: [] });

function feedsOut(call: Call, feeds: readonly FeedState[]): Outcome {
  if (call.format === 'json') return json(feeds);
  return rowsOut(
    call,
    columns,
    feeds.map((feed) => columns.map((column) => feed[column])),
  );
}

type Cells = (string | number | null)[];

function rowsOut({ format, locale }: Call, names: readonly string[], rows: readonly Cells[]): Outcome {
  const titles = names.map((name) => word(locale, `feed.${name}`));
  return { out: format === 'csv' ? asCsv(names, rows) : asTable(titles, [...rows]), messages: [] };
}
