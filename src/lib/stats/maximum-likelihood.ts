import { dot, solved } from './matrices.ts';

/** A log-likelihood of positive parameters, told as function of their logarithms. */
export type LogLikelihood = (logs: readonly number[]) => number;

/** Where a log-likelihood is highest. */
export type Likeliest = {
  /** Logarithms of the parameters. */
  readonly logs: readonly number[];
  readonly logLikelihood: number;
  /** Covariance of the logarithms: the inverse of the observed information. */
  readonly covariance: readonly (readonly number[])[];
};

type Slopes = { readonly gradient: number[]; readonly information: number[][] };

/** Step of the differences, in logarithms: their error is of its square, that of rounding of its inverse. */
const STEP = 5e-4;
const MOST_STEPS = 200;
/** The search does not leave e^±FARTHEST: there parameters do not matter any more. */
const FARTHEST = 14;
/** Shapes are believed between 1/5,000 and 5,000, and with a standard error of their logarithm up to 3. */
const FARTHEST_SHAPE = Math.log(5_000);
const VAGUEST = 3;
const LONGEST_STEP = 1.5;
/** It has settled where a further step would raise the log-likelihood by less than this. */
const SETTLED = 1e-9;

/**
 * The highest point of a log-likelihood from one of several starts (logarithms of parameters), by Newton's method on
 * differences, damped as in Levenberg 1944 (Quarterly of Applied Mathematics 2:164) while the surface is not concave or a step
 * does not raise it. Null where no start comes to a point at which the surface is flat and falls on all sides.
 */
export function likeliest(
  logLikelihood: LogLikelihood,
  starts: readonly (readonly number[])[],
): Likeliest | null {
  const found = starts.flatMap((start) => climb(logLikelihood, start) ?? []);
  return found.reduce<Likeliest | null>(
    (best, one) => (best === null || one.logLikelihood > best.logLikelihood ? one : best),
    null,
  );
}

/**
 * What was found, unless it only looks like a highest point: a shape so far out that clients cannot be told apart any more, where
 * the surface is flat but for rounding, or a parameter of which the data say nothing. `shapes`: places of parameters without unit.
 */
export function truly(found: Likeliest | null, shapes: readonly number[]): Likeliest | null {
  if (found === null) return null;
  const isFar = shapes.some((at) => Math.abs(found.logs[at] ?? 0) > FARTHEST_SHAPE);
  const isVague = found.covariance.some((row, at) => !(Math.sqrt(row[at] ?? NaN) <= VAGUEST));
  return isFar || isVague ? null : found;
}

function climb(logLikelihood: LogLikelihood, start: readonly number[]): Likeliest | null {
  let logs = [...start];
  let height = logLikelihood(logs);
  let damping = 0;
  for (let taken = 0; taken < MOST_STEPS && Number.isFinite(height); taken += 1) {
    const { gradient, information } = slopesAt(logLikelihood, logs, height);
    const newton = solved(information, gradient);
    if (newton !== null && dot(newton, gradient) / 2 < SETTLED) return summit(logs, height, information);
    const scale = Math.max(1e-9, ...information.map((row, at) => Math.abs(row[at] ?? 0)));
    let raised = false;
    while (!raised && damping < 1e9) {
      const step = solved(damped(information, damping * scale), gradient);
      const next = step && stepped(logs, step);
      const reached = next ? logLikelihood(next) : -Infinity;
      raised = reached > height;
      if (raised && next) [logs, height, damping] = [next, reached, damping < 1e-6 ? 0 : damping / 10];
      else damping = Math.max(1e-6, damping * 4);
    }
    if (!raised) {
      const flat = newton !== null && dot(newton, gradient) / 2 < Math.sqrt(SETTLED);
      return flat ? summit(logs, height, information) : null;
    }
    if (logs.some((log) => Math.abs(log) >= FARTHEST)) return null;
  }
  return null;
}

function summit(logs: number[], logLikelihood: number, information: number[][]): Likeliest | null {
  const columns = information.map((_, at) =>
    solved(
      information,
      information.map((__, row) => (row === at ? 1 : 0)),
    ),
  );
  if (columns.some((column) => column === null)) return null;
  return { logs, logLikelihood, covariance: columns.map((column) => column ?? []) };
}

/** Gradient, and minus the second derivatives, by central differences. */
function slopesAt(logLikelihood: LogLikelihood, logs: readonly number[], height: number): Slopes {
  const moved = (by: readonly (readonly [number, number])[]) => {
    const point = [...logs];
    for (const [at, step] of by) point[at] = (point[at] ?? 0) + step;
    return logLikelihood(point);
  };
  const sides = logs.map((_, at) => [moved([[at, STEP]]), moved([[at, -STEP]])] as const);
  const gradient = sides.map(([up, down]) => (up - down) / (2 * STEP));
  const information = logs.map(() => logs.map(() => 0));
  for (const [i, row] of information.entries())
    for (let j = 0; j <= i; j += 1) {
      const [up, down] = sides[i] ?? [0, 0];
      const bend =
        i === j
          ? (up - 2 * height + down) / STEP ** 2
          : ([1, -1] as const).reduce(
              (sum, one) =>
                sum +
                one *
                  (moved([
                    [i, STEP],
                    [j, one * STEP],
                  ]) -
                    moved([
                      [i, -STEP],
                      [j, one * STEP],
                    ])),
              0,
            ) /
            (4 * STEP ** 2);
      row[j] = -bend;
      const mirror = information[j];
      if (mirror) mirror[i] = -bend;
    }
  return { gradient, information };
}

function damped(matrix: readonly (readonly number[])[], by: number): number[][] {
  return matrix.map((row, i) => row.map((value, j) => (i === j ? value + by : value)));
}

function stepped(logs: readonly number[], step: readonly number[]): number[] {
  const longest = Math.max(...step.map(Math.abs));
  const share = longest > LONGEST_STEP ? LONGEST_STEP / longest : 1;
  return logs.map((log, at) => Math.max(-FARTHEST, Math.min(FARTHEST, log + share * (step[at] ?? 0))));
}
