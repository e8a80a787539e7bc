import { extent } from '#lib/charts/ticks.ts';
import type { LifecycleRow } from '#lib/server/reports.gen.ts';

const frame = { width: 640, height: 220, top: 8, bottom: 24, share: 0.7 };

/** Who was active month by month as columns above a line, who stayed away below it; null where there is nobody. */
export function barsOf(rows: readonly LifecycleRow[], nameOf: (day: string) => string) {
  const above = extent(rows.map(({ active }) => active))?.high ?? 0;
  const below = extent(rows.map(({ dormant }) => dormant))?.high ?? 0;
  if (above + below === 0) return null;
  const room = frame.height - frame.top - frame.bottom;
  const scale = room / (above + below);
  const base = frame.top + above * scale;
  const step = frame.width / rows.length;
  return {
    width: frame.width,
    height: frame.height,
    base,
    columns: rows.map((row, at) => {
      const x = at * step + (step * (1 - frame.share)) / 2;
      const parts = [
        { kind: 'new', people: row.new },
        { kind: 'returning', people: row.returning },
        { kind: 'resurrecting', people: row.resurrecting },
      ] as const;
      let y = base;
      return {
        x,
        width: step * frame.share,
        name: nameOf(row.starts_on),
        unfinished: row.unfinished,
        parts: [
          ...parts.map(({ kind, people }) => {
            y -= people * scale;
            return { kind, people, y, height: people * scale };
          }),
          { kind: 'dormant' as const, people: row.dormant, y: base, height: row.dormant * scale },
        ],
      };
    }),
  };
}

export type BarsView = NonNullable<ReturnType<typeof barsOf>>;
