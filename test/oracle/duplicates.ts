/** A row as duplicates sees it: its key, what it shares with others of its kind (null: nothing), and when. */
export type Keyed = { id: string; shared: string | null; at: string; amount: number };

/** What is said of one kind. */
export type Found = { groups: number; rows: number; extra_rows: number; extra_cents: number };

/**
 * Rows that stand there more than once, pair by pair: two rows that share the same are one case, and so is whatever hangs
 * together by pairs. `days` apart at most, where it is given; what more than `most` rows share is nobody's own.
 */
export function foundTwice(all: readonly Keyed[], { days = Infinity, most = Infinity } = {}): Found {
  const sharing = (row: Keyed) => all.filter(({ shared }) => shared === row.shared).length;
  const rows = all.filter((row) => row.shared !== null && sharing(row) <= most);
  const leader = new Map(rows.map(({ id }) => [id, id]));
  const root = (id: string): string => {
    const above = leader.get(id) ?? id;
    return above === id ? id : root(above);
  };
  for (const a of rows)
    for (const b of rows)
      if (a.shared === b.shared && daysApart(a.at, b.at) <= days) leader.set(root(a.id), root(b.id));
  const cases = [...Map.groupBy(rows, ({ id }) => root(id)).values()].filter(({ length }) => length > 1);
  const members = cases.flat();
  return {
    groups: cases.length,
    rows: members.length,
    extra_rows: members.length - cases.length,
    extra_cents: cases.map(extraOf).reduce((sum, extra) => sum + extra, 0),
  };
}

/** Whatever all but the row of the least key carry. */
function extraOf(rows: readonly Keyed[]): number {
  const [first, ...others] = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  return first === undefined ? 0 : others.reduce((sum, { amount }) => sum + amount, 0);
}

function daysApart(a: string, b: string): number {
  return Math.abs(Date.parse(`${a.slice(0, 10)}Z`) - Date.parse(`${b.slice(0, 10)}Z`)) / 86_400_000;
}
