import type { Asker } from '#lib/server/reports/ask.ts';
import { mayAsk } from '#lib/server/reports/audience.ts';
import {
  dataSpan,
  referralGenerations,
  referralProblems,
  referralProblemsSpec,
  referralProgramme,
  referralReferrers,
  referralReferrersSpec,
  referralReproduction,
  referralReturns,
  referralRewards,
  referralThresholds,
  referralTimes,
  referralTree,
} from '#lib/server/reports.gen.ts';
import type { Referral } from '#lib/server/settings/referral.ts';
import type { ReferralsQuestion } from './question.ts';

const REFERRERS = 15;
const REWARDS = 20;
const NEAREST = 10;
/** Generations that are shown below somebody. */
const DEPTH = 2;

/** How the programme pays, as the reports take it. */
export type Programme = { referral: Referral; marginRate: number | null };

/** Asks all reports of the Referrals page at once; null while there are no data. Throws the Refusals of `ask`. */
export async function askReferrals(
  asker: Asker,
  { referral, marginRate }: Programme,
  question: ReferralsQuestion,
  signal: AbortSignal,
) {
  const options = { signal };
  const [span] = (await dataSpan(asker, {}, options)).rows;
  if (!span?.last_day) return null;
  const as_of = span.last_day;
  const rewards = JSON.stringify(referral.rewards);
  const levels = JSON.stringify(referral.levels.map(({ key, from_orders }) => ({ key, from_orders })));
  const paid = { as_of, rewards };
  const reckoned = { ...paid, margin_rate: marginRate };
  const bringing = { as_of, window_days: referral.window_days };
  const seesPersons = mayAsk(referralReferrersSpec, asker.viewer);
  const seesProblems = mayAsk(referralProblemsSpec, asker.viewer);
  const listed = { ...paid, part: question.part };
  const ranked = { ...paid, levels };
  const [
    programme,
    returns,
    generations,
    reproduction,
    times,
    due,
    referrers,
    upgrades,
    next,
    tree,
    problems,
  ] = await Promise.all([
    referralProgramme(asker, { as_of }, options),
    referralReturns(asker, reckoned, options),
    referralGenerations(asker, reckoned, options),
    referralReproduction(asker, bringing, options),
    referralTimes(asker, { as_of }, options),
    seesPersons ? referralRewards(asker, { ...listed, limit: REWARDS }, options) : null,
    seesPersons ? referralReferrers(asker, { ...ranked, limit: REFERRERS }, options) : null,
    seesPersons ? referralThresholds(asker, { ...ranked, part: 'upgrade', limit: NEAREST }, options) : null,
    seesPersons ? referralThresholds(asker, { ...ranked, part: 'next', limit: NEAREST }, options) : null,
    seesPersons ? referralTree(asker, { as_of, who: question.who, depth: DEPTH }, options) : null,
    seesProblems ? referralProblems(asker, paid, options) : null,
  ]);
  return {
    asked: { as_of, reckoned, bringing, listed, ranked, tree: { as_of, who: question.who }, paid },
    programme: programme.rows,
    returns: returns.rows,
    generations: generations.rows,
    reproduction: reproduction.rows,
    times: times.rows,
    due: due && due.rows,
    referrers: referrers && referrers.rows,
    upgrades: upgrades && upgrades.rows,
    next: next && next.rows,
    tree: tree && tree.rows,
    problems: problems && problems.rows,
  };
}

export type ReferralsAnswers = NonNullable<Awaited<ReturnType<typeof askReferrals>>>;
