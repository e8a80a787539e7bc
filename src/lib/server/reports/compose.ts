import type { QueryFile } from './header.ts';

/**
 * Puts the parts that a statement uses in front of it as common table expressions, each after those it uses itself.
 * A part that is read more than once is materialised, unless it is built as a view; a recursive text reads what it names at
 * every step. `uses: a = b` puts the part b in under the name a, by which other parts read it. Throws when a part is missing
 * or uses itself.
 */
export function compose(
  file: string,
  query: QueryFile,
  partNamed: (name: string) => QueryFile | undefined,
): string {
  const parts = new Map<string, QueryFile>();
  collect(file, query, partNamed, parts, []);
  if (parts.size === 0) return query.body;
  const texts = [...[...parts.values()].map((part) => part.body), query.body];
  const reads = texts.flatMap((text) => {
    const once = [...text.matchAll(READ)].map(([, name]) => name);
    return text.startsWith('with recursive') ? [...once, ...once] : once;
  });
  const expressions = [...parts].map(([name, part]) => {
    const kept = part.header.built === 'table' && reads.indexOf(name) !== reads.lastIndexOf(name);
    return `${name} as ${kept ? 'materialized ' : ''}(\n${part.body}\n)`;
  });
  return `with ${expressions.join(',\n')}${continued(query.body)}`;
}

const READ = /\b(?:from|join)\s+(\w+)\b/g;

function collect(
  file: string,
  query: QueryFile,
  partNamed: (name: string) => QueryFile | undefined,
  parts: Map<string, QueryFile>,
  above: readonly string[],
): void {
  for (const use of query.header.uses) {
    const [name = use, source = name] = use.split(/\s*=\s*/);
    if (above.includes(name)) throw new Error(`${file}: the part ${name} uses itself.`);
    if (parts.has(name) && source === name) continue;
    const part = partNamed(source);
    if (!part) throw new Error(`${file}: there is no part ${source} in queries/parts.`);
    collect(file, part, partNamed, parts, [...above, name]);
    parts.set(name, part);
  }
}

/** A statement behind a list of expressions: `with a as (…) select …` continues it, `select …` ends it. */
export function continued(body: string): string {
  const [, rest] = /^with\s+(?!recursive\b)([\s\S]*)$/i.exec(body) ?? [];
  if (rest !== undefined) return `,\n${rest}`;
  if (/^with\s/i.test(body))
    throw new Error('A statement with parts writes "recursive" in a part of its own.');
  return `\n${body}`;
}
