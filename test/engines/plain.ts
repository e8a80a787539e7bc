import type { Row, Value } from '#lib/server/warehouse/values.ts';
import type { EngineRow } from './clickhouse.ts';

/** ClickHouse's rows as the warehouse would hand them out, by the types that DuckDB gives the columns. */
export function plainRows(
  rows: readonly EngineRow[],
  columns: readonly { name: string; type: string }[],
): Row[] {
  return rows.map((row) =>
    Object.fromEntries(columns.map(({ name, type }): [string, Value] => [name, plainValue(row[name], type)])),
  );
}

function plainValue(value: unknown, type: string): Value {
  if (value === null || value === undefined) return null;
  if (type.endsWith('[]') && Array.isArray(value))
    return value.map((item) => plainValue(item, type.slice(0, -2)));
  if (type === 'boolean') return value === true || value === 1 || value === '1';
  if (['int', 'integer', 'bigint', 'hugeint', 'double'].includes(type)) return Number(value);
  if (type === 'timestamp') return instant(String(value));
  return String(value);
}

/** `2024-01-01 10:00:00.500` → `2024-01-01T10:00:00.500000`. */
function instant(text: string): string {
  const [whole = '', fraction = ''] = text.replace(' ', 'T').split('.');
  return Number(fraction) > 0 ? `${whole}.${fraction.padEnd(6, '0')}` : whole;
}
