/** Rows of a matrix. */
export type Matrix = readonly (readonly number[])[];

/** The scalar product of two vectors of the same length. */
export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}

/** a′Mb. */
export function bilinear(a: readonly number[], matrix: Matrix, b: readonly number[]): number {
  return dot(
    a,
    matrix.map((row) => dot(row, b)),
  );
}

/** The sum of matrices of the same shape, each times its weight. */
export function weighed(parts: readonly { readonly weight: number; readonly matrix: Matrix }[]): number[][] {
  const [first] = parts;
  return (first?.matrix ?? []).map((row, i) =>
    row.map((_, j) => parts.reduce((sum, { weight, matrix }) => sum + weight * (matrix[i]?.[j] ?? 0), 0)),
  );
}

/** The inverse of a symmetric positive definite matrix; null where it is none. */
export function inverse(matrix: Matrix): number[][] | null {
  const columns = matrix.map((_, i) =>
    solved(
      matrix,
      matrix.map((__, j) => (i === j ? 1 : 0)),
    ),
  );
  return columns.every((column) => column !== null) ? columns : null;
}

/** The solution of a symmetric positive definite system after Cholesky; null where it is none. */
export function solved(matrix: Matrix, right: readonly number[]): number[] | null {
  const lower: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const line: number[] = [];
    for (let j = 0; j < i; j += 1) {
      const other = lower[j] ?? [];
      line.push(((row[j] ?? 0) - dot(line, other.slice(0, j))) / (other[j] ?? 1));
    }
    const rest = (row[i] ?? 0) - dot(line, line);
    if (!(rest > 0)) return null;
    lower.push([...line, Math.sqrt(rest)]);
  }
  const between: number[] = [];
  for (const [i, line] of lower.entries())
    between.push(((right[i] ?? 0) - dot(between, line.slice(0, i))) / (line[i] ?? 1));
  const answer = [...between];
  for (let i = lower.length - 1; i >= 0; i -= 1) {
    let rest = between[i] ?? 0;
    for (let k = i + 1; k < lower.length; k += 1) rest -= (lower[k]?.[i] ?? 0) * (answer[k] ?? 0);
    answer[i] = rest / (lower[i]?.[i] ?? 1);
  }
  return answer;
}
