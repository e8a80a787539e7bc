import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';

type Node = {
  type?: unknown;
  class?: unknown;
  alias?: unknown;
  column_names?: unknown;
  [key: string]: unknown;
};

/** The output columns of a select that do not end in a cast, by DuckDB's own parser; `*` is passed over. */
export async function uncastOutputs(warehouse: Pick<Warehouse, 'query'>, sql: string): Promise<string[]> {
  const [row] = await warehouse.query<{ tree: string }>(
    'select json_serialize_sql($sql::varchar)::varchar as tree',
    { sql },
  );
  const tree = JSON.parse(row?.tree ?? '{}') as { statements?: { node?: Node }[] };
  const node = tree.statements?.[0]?.node;
  const list = Array.isArray(node?.select_list) ? (node.select_list as Node[]) : [];
  return list
    .filter((entry) => entry.class !== 'CAST' && entry.class !== 'STAR')
    .map((entry, at) =>
      typeof entry.alias === 'string' && entry.alias !== '' ? entry.alias : `no. ${at + 1}`,
    );
}
