import { Refusal } from '#lib/errors/refusal.ts';

/** A command line taken apart: the command, what follows it, and its options in the order given. */
export type Arguments = {
  command: string;
  words: string[];
  flags: ReadonlySet<string>;
  options: ReadonlyMap<string, string[]>;
};

const flagNames = new Set(['help', 'json', 'dry-run', 'forget', 'sample', 'yes']);

/**
 * Takes `command word… --option value --option=value --flag` apart; after `--` everything is a word.
 * Throws Refusal usage for an option without a value.
 */
export function readArguments(given: readonly string[]): Arguments {
  const words: string[] = [];
  const flags = new Set<string>();
  const options = new Map<string, string[]>();
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at] ?? '';
    if (word === '--') {
      words.push(...given.slice(at + 1));
      break;
    }
    if (word === '-h') flags.add('help');
    else if (!word.startsWith('--')) words.push(word);
    else {
      const [name = '', inline] = splitOnce(word.slice(2), '=');
      if (flagNames.has(name) && inline === undefined) flags.add(name);
      else {
        const value = inline ?? given[(at += 1)];
        if (value === undefined || flagNames.has(name)) throw new Refusal('usage', { detail: word });
        options.set(name, [...(options.get(name) ?? []), value]);
      }
    }
  }
  const [command = 'help', ...rest] = words;
  return { command, words: rest, flags, options };
}

/** The parts before and after the first separator; the second is undefined where there is none. */
export function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** The one value of an option, or undefined. Throws Refusal usage when it is given twice. */
export function single({ options }: Pick<Arguments, 'options'>, name: string): string | undefined {
  const values = options.get(name) ?? [];
  if (values.length > 1) throw new Refusal('usage', { detail: `--${name} …, --${name} …` });
  return values[0];
}

/** Refuses flags and options that a command does not know. */
export function allowOnly({ flags, options }: Arguments, allowed: readonly string[]): void {
  const everywhere = ['help', 'json', 'sample', 'lang', 'format', ...allowed];
  for (const name of [...flags, ...options.keys()])
    if (!everywhere.includes(name)) throw new Refusal('usage', { detail: `--${name}` });
}
