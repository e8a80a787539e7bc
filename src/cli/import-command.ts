import { resolve } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import { notImported } from '#lib/exports/part-label.ts';
import { visible } from '#lib/exports/visible.ts';
import type { Imported } from '#lib/server/import/import-files.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { allowOnly } from './arguments.ts';
import type { Call, Outcome } from './commands.ts';
import { decidedBy, decidingOptions } from './import-decisions.ts';
import { lossMessages } from './loss-messages.ts';
import { doAt } from './place.ts';
import { nameOf, summariesOut } from './summaries.ts';
import { whoAsks } from './who-asks.ts';

/** `import`: brings lists in and tells what became of each of them. */
export async function importCommand({ arguments: given, place, format, locale }: Call): Promise<Outcome> {
  allowOnly(given, [...decidingOptions, 'dry-run']);
  if (given.words.length === 0) throw new Refusal('usage', { detail: 'import FILE…' });
  const mapping = await decidedBy(given);
  const imported = await doAt(place, {
    kind: 'import',
    files: given.words.map((name) => ({ name, path: resolve(name), mapping })),
    dryRun: given.flags.has('dry-run'),
    by: whoAsks(),
  });
  const useless = imported.summaries.filter(({ read, rejected }) => rejected === read);
  const messages = [
    ...rejectMessages(imported, locale),
    ...roundedMessages(imported, locale),
    ...lossMessages(imported.summaries, imported.emptied, locale),
    ...besideMessages(imported, locale),
    ...useless.map(({ file }) => word(locale, 'command.all_rejected', { file: nameOf(file) })),
    ...(given.flags.has('dry-run') ? [word(locale, 'command.nothing_kept')] : []),
  ];
  return { out: summariesOut(imported.summaries, format, locale), messages, failed: useless.length > 0 };
}

/** Rejected records that are shown one by one. */
const SHOWN = 20;

function rejectMessages({ summaries, rejects, leftOut }: Imported, locale: Locale): string[] {
  return summaries.flatMap(({ file, rejected }, at) => {
    const left = leftOut[at] ?? 0;
    const lines = (rejects[at] ?? []).slice(0, SHOWN).map(({ line, column, reason, raw }) => {
      const where = {
        file: nameOf(file),
        line,
        column: column === null ? word(locale, 'command.whole_record') : visible(column),
        reason: word(locale, `reject.${reason}`),
      };
      return `${word(locale, 'command.rejected', where)}\n    ${visible(raw)}`;
    });
    const wrong = rejected - left;
    return [
      ...lines,
      ...(wrong === 0
        ? []
        : [word(locale, 'command.more_rejected', { file: nameOf(file), rejected: wrong })]),
      ...(left === 0 ? [] : [word(locale, 'command.left_out', { file: nameOf(file), count: left })]),
    ];
  });
}

/** Once for each file, however many lists it feeds. */
function besideMessages({ summaries, beside }: Imported, locale: Locale): string[] {
  const sentences = summaries.flatMap(({ file }, at) => {
    const parts = beside[at] ?? [];
    return parts.length === 0 ? [] : [notImported(locale, nameOf(file), parts)];
  });
  return [...new Set(sentences)];
}

function roundedMessages({ summaries, rounded }: Imported, locale: Locale): string[] {
  return summaries.flatMap(({ file }, at) => {
    const count = rounded[at] ?? 0;
    return count === 0 ? [] : [word(locale, 'command.rounded', { file: nameOf(file), count })];
  });
}
