import { funnelSteps, funnelStepTimes } from '#lib/server/reports.gen.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import type { Outcome } from './case.ts';
import { openCaseStore } from './events.ts';
import type { CaseStore, PublishedPeople } from './events.ts';

type Step =
  | string
  | null
  | {
      readonly event: string | null;
      readonly props?: Readonly<Record<string, unknown>>;
      readonly optional?: boolean;
    };
type Exclusion = {
  readonly event: string;
  readonly from_step: number;
  readonly to_step: number;
  readonly props?: Readonly<Record<string, unknown>>;
};
type Window = { readonly n: number; readonly unit: string };

/** A case of posthog_funnels.json; the README beside it says what its parts mean. */
type FunnelCase = {
  readonly id: string;
  readonly order?: string;
  readonly steps: readonly Step[];
  readonly window?: Window;
  readonly people: PublishedPeople;
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly exclusion?: Exclusion;
  readonly exclusions?: readonly Exclusion[];
  readonly count?: string;
  readonly date_from?: string;
  readonly date_to?: string;
  readonly expected: {
    readonly counts: readonly (number | null)[];
    readonly avg_conversion_seconds?: readonly (number | null)[] | null;
    readonly median_conversion_seconds?: readonly (number | null)[] | null;
  };
};

/** People by how long they took from one step to another, in bands [lower edge in seconds, people]. */
type TimeCase = Omit<FunnelCase, 'id' | 'expected'> & {
  readonly from_step: number;
  readonly to_step: number;
  readonly expected: Readonly<Record<string, number | readonly (readonly [number, number])[]>>;
};

type FunnelFile = { readonly cases?: readonly FunnelCase[]; readonly time_to_convert?: TimeCase };

/** Asks the report funnel_steps for every case: people by step, and average and median seconds from step to step. */
export async function funnelCases(text: string): Promise<Outcome[]> {
  const { cases = [], time_to_convert } = JSON.parse(text) as FunnelFile;
  const store = await openCaseStore();
  try {
    const outcomes: Outcome[] = [];
    for (const one of cases) {
      const why = await store.with(one.people, (asker) => differenceOf(asker, one)).catch(String);
      outcomes.push({ id: one.id, why });
    }
    if (time_to_convert) outcomes.push(...(await timeOutcomes(store, time_to_convert)));
    return outcomes;
  } finally {
    await store.close();
  }
}

const WORDS: readonly string[] = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
];

/** One outcome for each published answer: `auto_bins`, `seven_bins` and so on, else an average. */
async function timeOutcomes(store: CaseStore, one: TimeCase): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [name, published] of Object.entries(one.expected)) {
    const bins = WORDS.indexOf(name.replace('_bins', ''));
    const why = await store
      .with(one.people, async (asker) => {
        const { rows } = await funnelStepTimes(asker, {
          ...questionOf(one),
          from_step: one.from_step + 1,
          to_step: one.to_step + 1,
          ...(bins > 0 ? { bins } : {}),
        });
        if (typeof published === 'number')
          return unlike(name, [published], [rows[0]?.average_seconds ?? null]);
        return unlike(
          name,
          published.flat(),
          rows.flatMap((row) => [row.from_seconds, row.people]),
        );
      })
      .catch(String);
    outcomes.push({ id: `time_to_convert ${name}`, why });
  }
  return outcomes;
}

async function differenceOf(asker: Asker, one: FunnelCase): Promise<string | null> {
  const { rows } = await funnelSteps(asker, { ...questionOf(one) });
  const came = (column: 'average_seconds' | 'median_seconds') => rows.map((row) => row[column]);
  const counts = one.steps.map((_, at) => rows[at]?.people ?? 0);
  const { expected } = one;
  return (
    unlike('people', expected.counts, counts) ??
    unlike('average seconds', expected.avg_conversion_seconds ?? [], came('average_seconds')) ??
    unlike('median seconds', expected.median_conversion_seconds ?? [], came('median_seconds'))
  );
}

/** What a case asks, as the report takes it. */
export function questionOf(one: Omit<FunnelCase, 'id' | 'expected'>) {
  const excluded = [...(one.exclusion ? [one.exclusion] : []), ...(one.exclusions ?? [])];
  const days = Object.values(one.people).flatMap((events) => events.map(({ t }) => t.slice(0, 10)));
  const { n, unit } = one.window ?? { n: 14, unit: 'day' };
  return {
    steps: JSON.stringify(one.steps.map(stepOf)),
    ...(excluded.length > 0
      ? {
          exclusions: JSON.stringify(
            excluded.map(({ event, from_step, to_step, props = {} }) => ({
              kind: event,
              where: props,
              from: from_step + 1,
              to: to_step + 1,
            })),
          ),
        }
      : {}),
    ...(one.filter ? { conditions: JSON.stringify(one.filter) } : {}),
    from: one.date_from?.slice(0, 10) ?? days.toSorted()[0] ?? '2000-01-01',
    to: one.date_to?.slice(0, 10) ?? days.toSorted().at(-1) ?? '2000-01-01',
    as_of: days.toSorted().at(-1) ?? '2000-01-01',
    order: (one.order ?? 'ordered') as 'ordered',
    window: unit === 'month' ? n * 30 : n,
    window_unit: (unit === 'month' ? 'day' : unit) as 'day',
    count: (one.count ?? 'people') as 'people',
  };
}

function stepOf(step: Step) {
  if (step === null || typeof step === 'string') return { kind: step };
  const { event, props = {}, optional = false } = step;
  return { kind: event, where: props, optional };
}

/** Compares what is asserted; null is not. Numbers agree to a millionth. */
function unlike(
  what: string,
  published: readonly (number | null)[],
  came: readonly (number | null)[],
): string | null {
  const differs =
    published.length > came.length ||
    published.some((number, at) => number !== null && !agree(number, came[at] ?? null));
  return differs ? `${what}: ${JSON.stringify(published)} is published, ${JSON.stringify(came)} came` : null;
}

function agree(published: number, came: number | null): boolean {
  return came !== null && Math.abs(came - published) <= 1e-6 * Math.max(1, Math.abs(published));
}
