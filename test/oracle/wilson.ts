const Z = 1.959963984540054;

/** Wilson's 95 % interval of k out of n (Wilson 1927); n must be positive. */
export function wilson(k: number, n: number): { low: number; high: number } {
  const centre = (k + (Z * Z) / 2) / (n + Z * Z);
  const half = (Z / (n + Z * Z)) * Math.sqrt((k * (n - k)) / n + (Z * Z) / 4);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
