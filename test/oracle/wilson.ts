const Z = 1.959963984540054;

/** Wilson's interval of k out of n, z standard deviations to each side (Wilson 1927); n must be positive. */
export function wilson(k: number, n: number, z = Z): { low: number; high: number } {
  const centre = (k + (z * z) / 2) / (n + z * z);
  const half = (z / (n + z * z)) * Math.sqrt((k * (n - k)) / n + (z * z) / 4);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
