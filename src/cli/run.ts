import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { feedCommand } from './feed-commands.ts';
import { tokenCommand } from './token-commands.ts';
import { userCommand } from './user-commands.ts';
import type { Locale } from '#lib/words/locale.ts';
import { readArguments, single } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { accessLogCommand, customerCommand, eraseCommand } from './customer-commands.ts';
import { getCommand, reportCommand, reportsCommand, setCommand } from './commands.ts';
import type { Call, Format, Outcome } from './commands.ts';
import { importCommand } from './import-command.ts';
import { mappingCommand, mappingsCommand } from './mapping-commands.ts';
import { help } from './help.ts';
import { batchesCommand, withdrawCommand } from './ledger-commands.ts';
import { mendCommand, quarantineCommand } from './mending-commands.ts';
import { localeOf } from './locale-of.ts';
import { placeOf } from './place.ts';
import { statsCommand } from './stats-command.ts';

/** What the process does with a command: its exit code, stdout and stderr. */
export type Ended = { code: 0 | 1 | 2; out: string; messages: string };

/** Codes that mean the command itself was written wrongly. */
const wrongUsage = new Set<string>([
  'usage',
  'unknown_parameter',
  'missing_parameter',
  'bad_map',
  'bad_rule',
]);

/** Runs one command line. Never throws: what goes wrong is explained on stderr; who asked for JSON gets it on stdout too. */
export async function run(given: readonly string[], environment: NodeJS.ProcessEnv): Promise<Ended> {
  const wantsJson =
    given.includes('--json') ||
    given.includes('--format=json') ||
    given[given.indexOf('--format') + 1] === 'json';
  let locale: Locale = 'en';
  try {
    const call = readArguments(given);
    locale = localeOf(single(call, 'lang'), environment);
    const { out, messages, failed } = await outcomeOf(call, locale, environment);
    return { code: failed ? 1 : 0, out, messages: messages.map((message) => `${message}\n`).join('') };
  } catch (error) {
    const explained = explain(error, locale, 'command');
    const code = wrongUsage.has(explained.code) ? 2 : 1;
    const cause = explained.cause === null ? '' : `\n${explained.cause}`;
    const messages = `${explained.message}\n${explained.remedy}${cause}\n`;
    return { code, out: wantsJson ? `${JSON.stringify({ error: explained }, null, 2)}\n` : '', messages };
  }
}

async function outcomeOf(given: Arguments, locale: Locale, environment: NodeJS.ProcessEnv): Promise<Outcome> {
  const { command, words, flags } = given;
  if (command === 'help') return { out: help(words[0], locale), messages: [] };
  if (flags.has('help'))
    return { out: help(command === 'report' ? (words[0] ?? command) : command, locale), messages: [] };
  const call: Call = {
    arguments: given,
    locale,
    format: formatOf(given),
    place: placeOf(environment, flags.has('sample')),
  };
  switch (command) {
    case 'import':
      return importCommand(call);
    case 'report':
      return reportCommand(call);
    case 'reports':
      return reportsCommand(call);
    case 'stats':
      return statsCommand(call);
    case 'mappings':
      return mappingsCommand(call);
    case 'mapping':
      return mappingCommand(call);
    case 'batches':
      return batchesCommand(call);
    case 'withdraw':
      return withdrawCommand(call);
    case 'feed':
      return feedCommand(call);
    case 'user':
      return userCommand(call);
    case 'token':
      return tokenCommand(call);
    case 'customer':
      return customerCommand(call);
    case 'erase':
      return eraseCommand(call);
    case 'access-log':
      return accessLogCommand(call);
    case 'quarantine':
      return quarantineCommand(call);
    case 'mend':
      return mendCommand(call);
    case 'get':
      return getCommand(call);
    case 'set':
      return setCommand(call);
    default:
      throw new Refusal('usage', { detail: command });
  }
}

function formatOf(given: Arguments): Format {
  const asked = single(given, 'format') ?? (given.flags.has('json') ? 'json' : 'table');
  if (asked !== 'table' && asked !== 'json' && asked !== 'csv')
    throw new Refusal('usage', { detail: `--format ${asked}` });
  return asked;
}
