/** What a curve has come to from an age on, in shares of all; the ends of the interval are null where nothing is known of it. */
export type CurvePoint = {
  age: number;
  share: number;
  low: number | null;
  high: number | null;
  lost: number;
};

/** One curve: what it is called, how many were still open at each mark of the axis, and where it ends. */
export type CurveLine = {
  name: string;
  points: readonly CurvePoint[];
  /** The last age that it tells of, in days. */
  until: number;
  atRisk: readonly string[];
};

/** Curves over one axis of ages; shares reach up to the last of `rates`, ages up to `until`. */
export type Curves = {
  lines: readonly CurveLine[];
  until: number;
  ages: readonly number[];
  rates: readonly number[];
  /** Whether what was lost is drawn too. */
  hasLosses: boolean;
};

/** How a line is told from others, on paper too: its colour and its dashes. */
export type Look = { colour: string; dashes: string | null };

/** Room in px around the axes. */
export type Frame = { width: number; height: number; left: number; right: number };

export const frames = {
  narrow: { width: 358, height: 220, left: 90, right: 48 },
  broad: { width: 780, height: 280, left: 140, right: 160 },
} as const satisfies Record<string, Frame>;

const TOP = 10;
/** Height of a line of text in px. */
const LINE = 16;
/** Of each two lines, one in the hue of the step and one in ink. */
const DASHES = [null, '6 3', '1.5 3'];
const AGE_STEPS = [1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90];
/** Ages at the most that one curve is drawn from. */
const MOST_POINTS = 120;

/** The look of the line at a place, of up to five; `hue` is that of the step. */
export function lookOf(place: number, hue: number): Look {
  return {
    colour: place % 2 === 0 ? `var(--q${hue})` : 'var(--ink)',
    dashes: DASHES[Math.floor(place / 2) % DASHES.length] ?? null,
  };
}

/** Round marks for ages: 0 and up to five more, none beyond `until`. */
export function ageTicks(until: number): number[] {
  const step = AGE_STEPS.find((days) => until / days <= 5) ?? 90;
  return Array.from({ length: Math.floor(until / step) + 1 }, (_, at) => at * step);
}

/** As many of a curve's steps as can be seen: those up to `until`, the last one within each of 120 equal parts. */
export function seenPoints<P extends { age: number }>(points: readonly P[], until: number): P[] {
  const within = points.filter(({ age }) => age <= until);
  if (within.length <= MOST_POINTS) return within;
  const part = ({ age }: P) => Math.ceil((age * MOST_POINTS) / until);
  return within.filter((point, at) => {
    const next = within[at + 1];
    return next === undefined || part(next) !== part(point);
  });
}

/** What holds at an age: the last step at or before it, null before the first. */
export function atAge<P extends { age: number }>(points: readonly P[], age: number): P | null {
  return points.findLast((point) => point.age <= age) ?? null;
}

export type DrawnLine = {
  name: string;
  look: Look;
  /** Paths of the curve, of its interval and of what was lost. */
  path: string;
  band: string;
  lost: string | null;
  /** How high the curve ends, and how high its label stands beside the others'. */
  end: { y: number; label: number };
  share: number;
  atRisk: { x: number; text: string }[];
  /** Baseline of the row of how many were still open. */
  row: number;
};

export type DrawnCurves = {
  height: number;
  /** Where the axis of ages lies. */
  base: number;
  /** Baseline of the heading above the rows of how many were still open. */
  heading: number;
  ages: { x: number; age: number }[];
  rates: { y: number; rate: number }[];
  lines: DrawnLine[];
};

/** Curves as steps within a frame, with how many were still open in rows below the axis. */
export function drawCurves(
  { lines, until, ages, rates, hasLosses }: Curves,
  hue: number,
  frame: Frame,
): DrawnCurves {
  const { x, y, base } = scales(until, rates.at(-1) ?? 1, frame);
  const heading = base + 2 * LINE + 8;
  const drawn = lines.map((line, place): DrawnLine => {
    const last = line.points.at(-1);
    const end = x(line.until);
    const label = y(last?.share ?? 0);
    return {
      name: line.name,
      look: lookOf(place, hue),
      path: steps(
        line.points.map(({ age, share }) => ({ at: x(age), to: y(share) })),
        x(0),
        y(0),
        end,
      ),
      band: bandPath(line.points, x, y, end),
      lost: hasLosses
        ? steps(
            line.points.map(({ age, lost }) => ({ at: x(age), to: y(lost) })),
            x(0),
            y(0),
            end,
          )
        : null,
      end: { y: label, label },
      share: last?.share ?? 0,
      atRisk: line.atRisk.map((text, at) => ({ x: x(ages[at] ?? 0), text })),
      row: heading + (place + 1) * LINE,
    };
  });
  return {
    height: heading + (lines.length + 0.5) * LINE,
    base,
    heading,
    ages: ages.map((age) => ({ x: x(age), age })),
    rates: rates.map((rate) => ({ y: y(rate), rate })),
    lines: apart(drawn, base),
  };
}

/** The age in days under a pointer that is so many px from the frame's left side; null beside the axes. */
export function ageAt(left: number, until: number, frame: Frame): number | null {
  const age = Math.round(((left - frame.left) / (frame.width - frame.left - frame.right)) * until);
  return age < 0 || age > until ? null : age;
}

/** Where an age lies in a frame, in px. */
export function acrossOf(age: number, until: number, { width, left, right }: Frame): number {
  return round(left + (age / Math.max(until, 1)) * (width - left - right));
}

type To = (value: number) => number;

function scales(until: number, highest: number, frame: Frame): { x: To; y: To; base: number } {
  const base = frame.height - 2 * LINE;
  return {
    base,
    x: (age) => acrossOf(age, until, frame),
    y: (share) => round(base - (share / highest) * (base - TOP)),
  };
}

function steps(
  points: readonly { at: number; to: number }[],
  left: number,
  bottom: number,
  end: number,
): string {
  return `M${left} ${bottom}${points.map(({ at, to }) => `H${at}V${to}`).join('')}H${end}`;
}

function bandPath(points: readonly CurvePoint[], x: To, y: To, end: number): string {
  const [first] = points;
  if (first === undefined) return '';
  const over = points.map(({ age, high, share }) => `H${x(age)}V${y(high ?? share)}`).join('');
  const under = points
    .toReversed()
    .map(({ age, low, share }) => `V${y(low ?? share)}H${x(age)}`)
    .join('');
  return `M${x(first.age)} ${y(first.low ?? first.share)}${over}H${end}${under}Z`;
}

/** Labels of ends that would meet are moved apart, from the lowest up, and then down from the top. */
function apart(lines: readonly DrawnLine[], base: number): DrawnLine[] {
  const order = lines.toSorted((a, b) => b.end.y - a.end.y);
  const places: number[] = [];
  for (const { end } of order) places.push(Math.min(end.y, (places.at(-1) ?? base + LINE) - LINE));
  const over = Math.max(0, TOP - (places.at(-1) ?? TOP));
  const label = new Map(
    order.map(({ name }, at) => [name, Math.min((places[at] ?? 0) + over, base - at * LINE)]),
  );
  return lines.map((line) => ({ ...line, end: { ...line.end, label: label.get(line.name) ?? line.end.y } }));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
