import { choice, day, filters, pageAddress, single } from '../../address.ts';

export const stages = ['A', 'B', 'C', 'D', 'E'] as const;

export type Stage = (typeof stages)[number];

/** What the page of stages was asked: the whole state of the page, as its address says it. */
export type StagesQuestion = {
  /** The stage whose people and levers are listed. */
  stage: Stage;
  /** First day of the month whose flow is shown; null for the latest that is over. */
  month: string | null;
  /** Field by whose values the levers are divided, or none. */
  by: string | null;
  /** Filters, entries field=value. */
  where: string[];
};

const usual = 'D';

/** Reads the page's address. Empty values count as not given. Throws Refusal bad_date or bad_choice. */
export function questionIn(address: URLSearchParams): StagesQuestion {
  return {
    stage: choice(address, 'stage', stages) ?? usual,
    month: day(address, 'month'),
    by: single(address, 'by'),
    where: filters(address),
  };
}

/** What of a question is not as usual, as entries of an address; filters apart. */
export function stateOf({ stage, month, by }: StagesQuestion): (readonly [string, string | null])[] {
  return [
    ['stage', stage === usual ? null : stage],
    ['month', month],
    ['by', by],
  ];
}

/** The address of the same page with some of its state changed; what stands at its default is left out. */
export function addressOf(question: StagesQuestion, change: Partial<StagesQuestion> = {}): string {
  const asked = { ...question, ...change };
  return pageAddress('/clients/stages', [
    ...stateOf(asked),
    ...asked.where.map((entry) => ['where', entry] as const),
  ]);
}
