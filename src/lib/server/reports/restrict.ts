import { parametersOf } from '../warehouse/parameters.ts';
import type { Arguments } from '../warehouse/parameters.ts';
import type { Extent, Reach } from './audience.ts';
import { belongings } from './belongings.ts';
import type { Belonging, Rule } from './belongings.ts';
import { continued } from './compose.ts';

/** The values of a segment that stand for themselves, see `crowdOf`. */
export const SHOWN = 'viewer_shown';

/** What the viewer binds in a text; no question can give it. */
const BOUND = { stores: 'viewer_stores', own: 'viewer_staff', shown: SHOWN } as const;

/** What is bound as null for those who have none. */
export const OPTIONAL_BOUND: readonly string[] = [BOUND.own];

const SCHEMAS = ['exports', 'raw', 'state'];

/** The statements of the models by name: what a text may read beside the schemas of lists. */
type Models = ReadonlyMap<string, { readonly body: string }>;

type Text = { readonly header: { readonly restrictsItself: boolean }; readonly body: string };

/**
 * A text for somebody who may not see the whole house: each table it reads is replaced by those of its rows that belong to
 * the viewer, whatever the text does with them. Only one whose header says so restricts itself, by what the viewer binds.
 * Throws an Error that names the tables of which nobody said to whom their rows belong, or what such a text does not name.
 */
export function restricted(
  { header, body }: Text,
  extent: Extent,
  models: Models,
  rules: Readonly<Record<string, Belonging>> = belongings,
): string {
  if (extent === 'house') return body;
  if (header.restrictsItself) {
    if (!parametersOf(body).has(BOUND[extent])) throw new Error(`the text does not name $${BOUND[extent]}.`);
    return body;
  }
  const made = new Map<string, string>();
  const unruled = new Set<string>();
  const own = (name: string) => `own_${name.replace('.', '_')}`;
  const need = (name: string): void => {
    if (made.has(name)) return;
    const rule = Object.hasOwn(rules, name) ? rules[name]?.[extent] : undefined;
    if (rule === undefined) {
      unruled.add(name);
      return;
    }
    const text = rule === 'made' ? replaced(models.get(name)?.body ?? '') : rowsOf(name, rule);
    if (typeof rule === 'object') rule.reads?.forEach(need);
    made.set(name, text);
  };
  const replaced = (text: string): string =>
    text.replace(READ, (whole, word: string, name: string) => {
      if (!isTable(name, models)) return whole;
      need(name);
      return `${word} ${own(name)}`;
    });
  const rest = replaced(body);
  if (unruled.size > 0) throw new Error(`nobody said to whom the rows of ${[...unruled].join(', ')} belong.`);
  const expressions = [...made].map(([name, text]) => `${own(name)} as (\n${text}\n)`);
  return expressions.length === 0 ? rest : `with ${expressions.join(',\n')}${continued(rest)}`;
}

const READ = /\b(from|join)\s+([a-z_]\w*(?:\.[a-z_]\w*)?)\b(?!\s*\()/g;

function isTable(name: string, models: Models): boolean {
  const [schema = '', table] = name.split('.');
  return table === undefined ? models.has(name) : SCHEMAS.includes(schema);
}

function rowsOf(name: string, rule: Exclude<Rule, 'made'>): string {
  if (rule === 'all') return `select t.* from ${name} t`;
  return `select t.* from ${name} t where ${rule === 'none' ? 'false' : rule.where}`;
}

/** What a reach binds of the viewer in a text. */
export function boundBy({ stores, staffId, shown }: Reach, text: string): Arguments {
  const named = parametersOf(text);
  const bound: Arguments = { [BOUND.stores]: stores, [BOUND.own]: staffId, [BOUND.shown]: shown };
  return Object.fromEntries(Object.entries(bound).filter(([name]) => named.has(name)));
}

/** Whether a parameter of a text is bound by the viewer. */
export function isBound(name: string): boolean {
  return Object.values(BOUND).some((bound) => bound === name);
}
