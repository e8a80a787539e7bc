import { z } from 'zod';

/** The longest funnel. */
export const MOST_STEPS = 20;

/** Any event, as the canonical form of a step writes it. */
export const ANY = '*';

const text = z.string().trim().min(1).max(200);
const value = z.union([z.string().max(500), z.number(), z.boolean()]).transform(String);
const values = z
  .union([value, z.array(value).min(1).max(100)])
  .transform((given) => (Array.isArray(given) ? given : [given]));
const number = z
  .union([z.number(), z.string().regex(/^[+-]?\d+(\.\d+)?$/)])
  .transform((given) => [String(given)]);

const duration = z.strictObject({
  n: z.number().int().min(1).max(100_000),
  unit: z.enum(['second', 'minute', 'hour', 'day', 'week']),
});

/** What a condition asks of a field's value, and how it is kept: an operation and texts. */
const ops = {
  is: values,
  is_not: values,
  more: number,
  less: number,
  known: z.boolean(),
} as const;

const day = z.number().int().min(0).max(36_500);

const canonicalCondition = z.strictObject({
  field: text,
  op: z.enum(['is', 'is_not', 'more', 'less', 'known', 'unknown']),
  values: z.array(z.string()),
});

type Condition = z.infer<typeof canonicalCondition>;

const writtenCondition = z
  .strictObject({
    field: text,
    is: ops.is.optional(),
    is_not: ops.is_not.optional(),
    more: ops.more.optional(),
    less: ops.less.optional(),
    known: ops.known.optional(),
  })
  .transform(({ field, known, ...given }): Condition[] => {
    const compared = Object.entries(given).flatMap(([op, texts]): Condition[] =>
      texts ? [{ field, op: op as Condition['op'], values: texts }] : [],
    );
    const asked: Condition[] =
      known === undefined ? [] : [{ field, op: known ? 'known' : 'unknown', values: [] }];
    return [...compared, ...asked];
  })
  .refine(
    (conditions) => conditions.length > 0,
    'a condition names a field and is, is_not, more, less or known',
  );

const condition = z.union([canonicalCondition.transform((one) => [one]), writtenCondition]);

/** Conditions as a list, or in short as an object from field to value or values. */
const conditions = z.union([
  z
    .array(condition)
    .max(20)
    .transform((lists) => lists.flat()),
  z
    .record(text, values)
    .transform((fields) =>
      Object.entries(fields).map(([field, texts]): Condition => ({ field, op: 'is', values: texts })),
    ),
]);

/** What the canonical form adds for the SQL; given back it is worked out anew. */
const added = { no: z.number().optional(), conditioned: z.string().nullish() };

const kind = z
  .union([text, z.null()])
  .optional()
  .transform((given) => given ?? ANY);

const writtenStep = z.strictObject({
  kind,
  name: text.nullish(),
  where: conditions.optional(),
  within: duration.nullish(),
  optional: z.boolean().optional(),
  anchored: z.boolean().optional(),
  shared: z.boolean().optional(),
  ...added,
});

type WrittenStep = z.infer<typeof writtenStep>;

const step = z.union([
  z.union([text, z.null()]).transform((given): WrittenStep => ({ kind: given ?? ANY })),
  writtenStep,
]);

type Step = z.infer<typeof step>;

const steps = z
  .array(step)
  .min(1)
  .max(MOST_STEPS)
  .transform((list) => list.map(canonicalStep))
  .refine(([first]) => first?.optional === false, 'the first step is required');

const exclusions = z.array(
  z
    .strictObject({
      kind,
      where: conditions.optional(),
      from: z.number().int().min(1).max(MOST_STEPS),
      to: z.number().int().min(2).max(MOST_STEPS),
      ...added,
    })
    .refine(({ from, to }) => from < to, 'an exclusion begins before it ends'),
);

/** Bounds of brackets in whole days, from the smallest on. */
const brackets = z
  .array(z.union([day, z.strictObject({ from: day }).transform(({ from }) => from)]))
  .min(2)
  .max(50)
  .transform((days) => [...new Set(days)].sort((one, other) => one - other).map((from) => ({ from })));

const fromOrders = z.number().int().min(0).max(100_000);

/** What a referrer is given for each order, from which of them on. */
const rewards = z
  .array(z.strictObject({ from_orders: fromOrders, amount: z.string().regex(/^\d{1,12}(\.\d{1,2})?$/) }))
  .max(50);

/** From which order of a referrer on the card has which level. */
const levels = z.array(z.strictObject({ key: text, from_orders: fromOrders })).max(50);

/** The parts of a question about a funnel, a cohort or referrals that travel as JSON, each read from a text into its canonical form. */
const contracts = {
  steps,
  exclusions: exclusions.max(20).transform((list) => list.map(canonicalExclusion)),
  conditions,
  cohort_where: conditions,
  return_where: conditions,
  brackets,
  rewards,
  levels,
} as const;

export type Contract = keyof typeof contracts;

/** Whether a parameter is one of these parts. */
export function isContract(name: string): name is Contract {
  return Object.hasOwn(contracts, name);
}

/** A step as it is asked. */
export type AskedStep = z.input<typeof step>;

/** An event that voids an attempt between two steps, counted from 1. */
export type AskedExclusion = z.input<typeof exclusions>[number];

/** The canonical form of a part, the fields that its conditions name, or what is wrong with it, in English. */
export type Read =
  | { readonly canonical: string | null; readonly fields: readonly string[]; readonly last: number }
  | { readonly wrong: string };

/** Reads a part of a question from its JSON. An empty list is nothing: null. The canonical form reads as itself. */
export function readContract(name: Contract, json: string): Read {
  const given = parsed(json);
  if (given === undefined) return { wrong: 'it is no JSON' };
  const { data, error } = contracts[name].safeParse(given);
  if (error) return { wrong: firstOf(error) };
  const tests = data.flatMap((entry) => ('where' in entry ? entry.where : 'op' in entry ? [entry] : []));
  return {
    canonical: data.length > 0 ? JSON.stringify(data) : null,
    fields: [...new Set(tests.map(({ field }) => field))],
    last: Math.max(0, ...data.map((entry, at) => ('to' in entry ? Number(entry.to) : at + 1))),
  };
}

function canonicalStep(given: Step, at: number, all: readonly Step[]) {
  const { name, where = [], within, optional = false, anchored = false }: WrittenStep = given;
  return {
    no: at + 1,
    kind: given.kind,
    name: name ?? null,
    where,
    within: within ?? null,
    optional,
    anchored,
    conditioned: where.length > 0 ? given.kind : null,
    shared: all.some((other, place) => place !== at && mayBeOne(given, other)),
  };
}

/** Whether an event can take either of two steps. */
function mayBeOne({ kind: one }: WrittenStep, { kind: other }: WrittenStep): boolean {
  return one === other || one === ANY || other === ANY;
}

function canonicalExclusion(
  { kind: asked, where = [], from, to }: z.infer<typeof exclusions>[number],
  at: number,
) {
  return { no: at + 1, kind: asked, where, from, to, conditioned: where.length > 0 ? asked : null };
}

/** What a JSON text says; undefined where it is none, or holds characters that no list can hold. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json, (key, given: unknown) => {
      if (![key, given].every(isWritable)) throw new SyntaxError('half a character, or NUL');
      return given;
    }) as unknown;
  } catch {
    return undefined;
  }
}

const isWritable = (given: unknown) =>
  typeof given !== 'string' || (given.isWellFormed() && !given.includes('\0'));

function firstOf({ issues }: z.ZodError): string {
  const [issue] = issues;
  const place = issue?.path.join('.') ?? '';
  return place === '' ? (issue?.message ?? '') : `${place}: ${issue?.message ?? ''}`;
}
