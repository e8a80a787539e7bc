const MOST_STEPS = 3000;
const CLOSE = 1e-10;

/**
 * The weights, none negative and 1 together, with which series of donors come nearest to a target by least squares: the weights of
 * a synthetic control (Abadie, Diamond & Hainmueller 2010, JASA 105:493). All series are of equal length; `donors` is not empty.
 * Found by projected gradients with momentum (Beck & Teboulle 2009, SIAM Journal on Imaging Sciences 2:183); where several are as
 * near, those nearest to equal weights from which the search begins.
 */
export function syntheticWeights(
  target: readonly number[],
  donors: readonly (readonly number[])[],
): number[] {
  const products = donors.map((one) => donors.map((other) => dot(one, other)));
  const aims = donors.map((one) => dot(one, target));
  const steepest = Math.max(...products.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0)));
  let weights = donors.map(() => 1 / donors.length);
  if (steepest === 0) return weights;
  let ahead = weights;
  let pace = 1;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const moved = ahead.map(
      (weight, at) => weight - (dot(products[at] ?? [], ahead) - (aims[at] ?? 0)) / steepest,
    );
    const next = onSimplex(moved);
    const nextPace = (1 + Math.sqrt(1 + 4 * pace * pace)) / 2;
    const change = Math.max(...next.map((weight, at) => Math.abs(weight - (weights[at] ?? 0))));
    ahead = next.map((weight, at) => weight + ((pace - 1) / nextPace) * (weight - (weights[at] ?? 0)));
    [weights, pace] = [next, nextPace];
    if (change < CLOSE) break;
  }
  return weights;
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

/** The nearest point whose coordinates are not negative and sum to 1 (Held, Wolfe & Crowder 1974, Mathematical Programming 6:62). */
function onSimplex(point: readonly number[]): number[] {
  const sorted = point.toSorted((a, b) => b - a);
  let sum = 0;
  let shift = 0;
  for (const [at, value] of sorted.entries()) {
    sum += value;
    const candidate = (sum - 1) / (at + 1);
    if (value > candidate) shift = candidate;
  }
  return point.map((value) => Math.max(value - shift, 0));
}
