import type { FunnelQuestion, Happening } from './step-question.ts';

const DAY = 24 * 3600;

/** Whether somebody was given up for good on the day of a moment (in seconds) or later. */
export type GivenUp = (moment: number) => boolean;

/**
 * Whether somebody with these events was given up: every one of their journeys was lost, and neither a visit nor an order
 * of it came on a later day. Nobody is where the funnel itself asks for losses.
 */
export function givenUp(events: readonly Happening[], { steps }: FunnelQuestion): GivenUp {
  if (steps.some(({ kind }) => kind === null || kind === 'lost')) return () => false;
  const telling = events.filter(({ kind }) =>
    ['lead', 'visit', 'order', 'lost', 'cancellation'].includes(kind),
  );
  const ends = [...Map.groupBy(telling, ({ lead }) => lead).values()].map((journey) => {
    const latest = (...kinds: string[]) =>
      Math.max(...journey.filter(({ kind }) => kinds.includes(kind)).map(({ at }) => at));
    const lost = latest('lost');
    return Math.floor(lost / DAY) >= Math.floor(latest('visit', 'order') / DAY) ? lost : -Infinity;
  });
  const last = ends.length > 0 && ends.every(Number.isFinite) ? Math.max(...ends) : -Infinity;
  return (moment) => Math.floor(last / DAY) >= Math.floor(moment / DAY);
}
