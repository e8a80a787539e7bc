import type { Transaction } from './warehouse.ts';
import type { Value } from './values.ts';

const read = new Map<string, readonly string[]>();

/**
 * The tables that a select reads, by DuckDB's own parser: names without schema, common table expressions left out.
 * Throws when the text does not parse.
 */
export async function tablesRead(asker: Pick<Transaction, 'query'>, sql: string): Promise<readonly string[]> {
  const known = read.get(sql);
  if (known) return known;
  const [row] = await asker.query<{ tree: string }>(
    'select json_serialize_sql($sql::varchar)::varchar as tree',
    { sql },
  );
  const tree = JSON.parse(row?.tree ?? 'null') as Value;
  if (isRecord(tree) && tree.error === true) throw new Error(`${String(tree.error_message)}\n${sql}`);
  const found = new Set<string>();
  walk(tree, new Set(), found);
  read.set(sql, [...found]);
  return [...found];
}

function walk(node: Value, hidden: ReadonlySet<string>, found: Set<string>): void {
  if (Array.isArray(node)) for (const child of node) walk(child, hidden, found);
  if (!isRecord(node)) return;
  if (node.type === 'BASE_TABLE') {
    const plain = node.schema_name === '' || node.schema_name === 'main';
    if (plain && typeof node.table_name === 'string' && !hidden.has(node.table_name))
      found.add(node.table_name);
  }
  const inner = new Set([...hidden, ...expressionNames(node.cte_map)]);
  for (const child of Object.values(node)) walk(child, inner, found);
}

function expressionNames(map: Value | undefined): string[] {
  if (!isRecord(map) || !Array.isArray(map.map)) return [];
  return map.map.flatMap((entry) => (isRecord(entry) && typeof entry.key === 'string' ? [entry.key] : []));
}

function isRecord(value: Value | undefined): value is { [name: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Orders names so that each comes after those it needs; ties by name. Needs outside the list are ignored.
 * Throws when names need each other in a circle.
 */
export function inOrder(needs: ReadonlyMap<string, readonly string[]>): string[] {
  const order: string[] = [];
  const visit = (name: string, above: readonly string[]): void => {
    if (order.includes(name)) return;
    if (above.includes(name)) throw new Error(`These need each other: ${[...above, name].join(' → ')}.`);
    for (const need of [...(needs.get(name) ?? [])].sort())
      if (needs.has(need) && need !== name) visit(need, [...above, name]);
    order.push(name);
  };
  for (const name of [...needs.keys()].sort()) visit(name, []);
  return order;
}
