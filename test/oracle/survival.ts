/** Somebody's way: last seen after so many days, and when they went on or were given up, if ever. */
export type Followed = {
  readonly seen: number;
  readonly reached: number | null;
  readonly lost: number | null;
};

/** One age of conversion by age. */
export type Age = {
  age: number;
  atRisk: number;
  events: number;
  losses: number;
  incidence: number;
  lossIncidence: number;
  standardError: number;
};

/**
 * Conversion by age as its definition has it: at each age a share of those at risk goes on, a share is lost, and the rest stays.
 * Whoever goes on after a loss has gone on. The standard error by the sum over all earlier ages (Marubini & Valsecchi 1995, 10.10).
 */
export function conversionByAge(people: readonly Followed[]): Age[] {
  const ends = people.map(({ seen, reached, lost }) => {
    if (reached !== null && reached <= seen) return { age: reached, end: 'event' };
    return lost !== null && lost <= seen ? { age: lost, end: 'loss' } : { age: seen, end: 'seen' };
  });
  const ages = [...new Set(ends.map(({ age }) => age))].sort((a, b) => a - b);
  const rows: (Age & { before: number })[] = [];
  let [open, incidence, lossIncidence] = [1, 0, 0];
  for (const age of ages) {
    const atRisk = ends.filter((one) => one.age >= age).length;
    const events = ends.filter((one) => one.age === age && one.end === 'event').length;
    const losses = ends.filter((one) => one.age === age && one.end === 'loss').length;
    const before = open;
    incidence += (before * events) / atRisk;
    lossIncidence += (before * losses) / atRisk;
    open = before * (1 - (events + losses) / atRisk);
    rows.push({ age, atRisk, events, losses, incidence, lossIncidence, standardError: 0, before });
  }
  return rows.map(({ before: _, ...row }, at) => ({
    ...row,
    standardError: Math.sqrt(
      rows.slice(0, at + 1).reduce((sum, one) => {
        const [n, d, both] = [one.atRisk, one.events, one.events + one.losses];
        const later = row.incidence - one.incidence;
        const staying = both < n ? (later ** 2 * both) / (n * (n - both)) : 0;
        return (
          sum + staying + (one.before ** 2 * (n - d) * d) / n ** 3 - (2 * later * one.before * d) / n ** 2
        );
      }, 0),
    ),
  }));
}
