/** How probable it is that somebody's true value is at most x, and where nearly all of that lies. */
export type Standing = { readonly below: (x: number) => number; readonly low: number; readonly high: number };

/**
 * Places 1 (highest) … between which somebody stands, at 95 %; one place only where nobody else may hold it. `alike` counts
 * the others of whom neither is above the other with 97.5 %.
 */
export type RankInterval = { readonly low: number; readonly high: number; readonly alike: number };

const PIECES = 160;
const TAIL = 0.025;

/**
 * The 95 % posterior intervals of the ranks of people with independent true values, the highest first. Given one's own
 * value, how many stand above is a sum of independent yes and no (Poisson binomial); it is averaged over equal pieces of the
 * scale, so nothing is drawn at random. Laird & Louis 1989, Journal of Educational Statistics 14:29; why ranks need
 * intervals: Goldstein & Spiegelhalter 1996, JRSS A 159:385.
 */
export function rankIntervals(people: readonly Standing[]): RankInterval[] {
  const low = Math.min(...people.map((one) => one.low));
  const high = Math.max(...people.map((one) => one.high));
  const edges = Array.from({ length: PIECES + 1 }, (_, at) => low + ((high - low) * at) / PIECES);
  const lower = people.map((one) =>
    edges.map((edge) => (edge < one.low ? 0 : edge > one.high ? 1 : one.below(edge))),
  );
  const chances = people.map(() => new Array<number>(people.length).fill(0));
  for (let piece = 0; piece <= PIECES + 1; piece += 1) {
    const inPiece = lower.map((values) => between(values, piece));
    const above = lower.map((values) => 1 - middle(values, piece));
    const together = above.reduce(withOne, [1]);
    inPiece.forEach((mass, person) => {
      if (mass <= 0) return;
      const chancesHere = chances[person];
      withoutOne(together, above[person] ?? 0).forEach((chance, ahead) => {
        if (chancesHere) chancesHere[ahead] = (chancesHere[ahead] ?? 0) + mass * chance;
      });
    });
  }
  return chances.map((of, person) => ({
    low: place(of, TAIL),
    high: place(of, 1 - TAIL),
    alike: lower.filter((other, at) => at !== person && isAlike(lower[person] ?? [], other)).length,
  }));
}

/** What a row says of the places somebody may hold of so many; whoever is not ranked holds none, who stands alone no first. */
export function placesOf(place: RankInterval | undefined, ranked: number) {
  return {
    rank: place && place.low === place.high && ranked > 1 ? place.low : null,
    rank_low: place?.low ?? null,
    rank_high: place?.high ?? null,
    alike: place?.alike ?? null,
    ranked,
  };
}

/** Whether neither of two stands above the other with near certainty. */
function isAlike(one: readonly number[], other: readonly number[]): boolean {
  let above = 0;
  for (let piece = 0; piece <= PIECES + 1; piece += 1) above += between(one, piece) * middle(other, piece);
  return above >= TAIL && above <= 1 - TAIL;
}

/** Mass between two edges; before the first and after the last edge lie pieces of their own. */
function between(values: readonly number[], piece: number): number {
  return (values[piece] ?? 1) - (piece === 0 ? 0 : (values[piece - 1] ?? 1));
}

function middle(values: readonly number[], piece: number): number {
  return ((values[piece] ?? 1) + (piece === 0 ? 0 : (values[piece - 1] ?? 1))) / 2;
}

/** Chances of 0, 1, … of several, with one more who is above with chance `p`. */
function withOne(chances: readonly number[], p: number): number[] {
  return Array.from(
    { length: chances.length + 1 },
    (_, at) => (chances[at] ?? 0) * (1 - p) + (chances[at - 1] ?? 0) * p,
  );
}

/** The same without one again; from the side on which errors do not grow. */
function withoutOne(chances: readonly number[], p: number): number[] {
  const rest = new Array<number>(chances.length - 1).fill(0);
  if (p <= 0.5)
    for (let at = 0; at < rest.length; at += 1)
      rest[at] = ((chances[at] ?? 0) - p * (rest[at - 1] ?? 0)) / (1 - p);
  else
    for (let at = rest.length - 1; at >= 0; at -= 1)
      rest[at] = ((chances[at + 1] ?? 0) - (1 - p) * (rest[at + 1] ?? 0)) / p;
  return rest;
}

/** The first place up to which at least this much of the chances lies. */
function place(chances: readonly number[], share: number): number {
  let sum = 0;
  const at = chances.findIndex((chance) => (sum += chance) >= share - 1e-9);
  return (at < 0 ? chances.length - 1 : at) + 1;
}
