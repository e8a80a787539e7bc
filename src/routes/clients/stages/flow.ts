import type { StageFlowRow } from '#lib/server/reports.gen.ts';
import { stages } from './question.ts';

const frame = { height: 260, bar: 6, gap: 12, least: 1.5 };
/** Widths in px, and the room for the names of the stages on either side. */
const frames = { broad: { width: 640, side: 168 }, narrow: { width: 358, side: 112 } } as const;
/** Where clients stand who were none at the end of the month before. */
const BEGUN = 'new';

type Side = 'from' | 'to';
type End = { key: string; y: number; height: number; people: number };
type Move = {
  from: string;
  to: string;
  people: number;
  leaving: number;
  arriving: number;
  path: string;
  wonBack: boolean;
};

/**
 * Who moved within a month as a Sankey diagram for a desk or a phone: a bar for each stage left and each stage reached, a band for each
 * move, all as high as people are many. Null where nobody moved.
 */
export function sankeyOf(rows: readonly StageFlowRow[], size: keyof typeof frames) {
  const { width, side } = frames[size];
  const moving = rows[0]?.moving ?? 0;
  const moves = rows
    .filter((row) => row.came_from !== row.stage)
    .map((row) => ({
      from: row.came_from ?? BEGUN,
      to: row.stage,
      people: row.people,
      leaving: row.leaving,
      arriving: row.arriving,
      wonBack: row.won_back,
    }));
  if (moves.length === 0) return null;
  const left = endsOf(moves, 'from', [BEGUN, ...stages]);
  const right = endsOf(moves, 'to', stages);
  const scale = scaleOf(moving, Math.max(left.length, right.length));
  const [leftEnds, rightEnds] = [placed(left, scale), placed(right, scale)];
  const used = { from: new Map<string, number>(), to: new Map<string, number>() };
  const x1 = side + frame.bar;
  const x2 = width - side - frame.bar;
  const middle = (x1 + x2) / 2;
  const bands = ordered(moves).map((move): Move => {
    const height = move.people * scale;
    const y1 = taken(used.from, leftEnds, move.from, height);
    const y2 = taken(used.to, rightEnds, move.to, height);
    const path =
      `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}` +
      `V${y2 + Math.max(height, frame.least)}C${middle} ${y2 + Math.max(height, frame.least)} ${middle} ${y1 + Math.max(height, frame.least)} ${x1} ${y1 + Math.max(height, frame.least)}Z`;
    return { ...move, path };
  });
  return { width, height: frame.height, x1, x2, bar: frame.bar, left: leftEnds, right: rightEnds, bands };
}

export type SankeyView = NonNullable<ReturnType<typeof sankeyOf>>;

type Named = { key: string; people: number };

/** The bars of a side, as many people as their bands hold. */
function endsOf(moves: readonly Omit<Move, 'path'>[], side: Side, order: readonly string[]): Named[] {
  return order.flatMap((key) => {
    const own = moves.find((move) => move[side] === key);
    return own ? [{ key, people: side === 'from' ? own.leaving : own.arriving }] : [];
  });
}

/** Height in px of one client where so many moved from or to so many bars. */
function scaleOf(moving: number, bars: number): number {
  return (frame.height - frame.gap * (bars + 1)) / moving;
}

function placed(ends: readonly Named[], scale: number): End[] {
  let y = frame.gap;
  return ends.map(({ key, people }) => {
    const height = people * scale;
    const end = { key, people, y, height };
    y += height + frame.gap;
    return end;
  });
}

/** Bands leave and reach their bars in the order of the stages, so that they cross as seldom as can be. */
function ordered(moves: readonly Omit<Move, 'path'>[]): Omit<Move, 'path'>[] {
  const place = (key: string) => (key === BEGUN ? -1 : stages.findIndex((stage) => stage === key));
  return moves.toSorted((a, b) => place(a.from) - place(b.from) || place(a.to) - place(b.to));
}

function taken(used: Map<string, number>, ends: readonly End[], key: string, height: number): number {
  const before = used.get(key) ?? 0;
  used.set(key, before + height);
  return (ends.find((end) => end.key === key)?.y ?? 0) + before;
}
