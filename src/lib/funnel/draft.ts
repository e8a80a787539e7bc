import { Refusal } from '#lib/errors/refusal.ts';
import { ANY, readContract } from './question.ts';

export const conditionOps = ['is', 'is_not', 'more', 'less', 'known', 'unknown'] as const;
export type ConditionOp = (typeof conditionOps)[number];

export const durationUnits = ['minute', 'hour', 'day', 'week'] as const;

/** A condition as somebody edits it; `known` and `unknown` have no values, `more` and `less` one. */
export type DraftCondition = { field: string; op: ConditionOp; values: string[] };

/** A step as somebody edits it; any event has the kind `*`. */
export type DraftStep = {
  kind: string;
  name: string | null;
  where: DraftCondition[];
  within: { n: number; unit: string } | null;
  optional: boolean;
  anchored: boolean;
};

/** An event that voids an attempt between two steps, counted from 1. */
export type DraftExclusion = { kind: string; where: DraftCondition[]; from: number; to: number };

/** The parts of a question about a funnel that travel as JSON. */
export type Draft = { steps: DraftStep[]; exclusions: DraftExclusion[]; conditions: DraftCondition[] };

/** Reads a part of a question from its JSON; nothing is an empty list. Throws Refusal bad_contract. */
export function readPart<Name extends keyof Draft>(name: Name, json: string | null): Draft[Name] {
  const read = json === null ? { canonical: null } : readContract(name, json);
  if ('wrong' in read) throw new Refusal('bad_contract', { name, wrong: read.wrong });
  return (read.canonical === null ? [] : JSON.parse(read.canonical)) as Draft[Name];
}

/** The shortest JSON that reads as these steps: a kind alone stands for its step. */
export function writeSteps(steps: readonly DraftStep[]): string {
  return JSON.stringify(
    steps.map(({ kind, name, where, within, optional, anchored }) => {
      const more = {
        ...(name === null ? {} : { name }),
        ...(where.length === 0 ? {} : { where: where.map(shortCondition) }),
        ...(within === null ? {} : { within }),
        ...(optional ? { optional } : {}),
        ...(anchored ? { anchored } : {}),
      };
      const short = kind === ANY ? null : kind;
      return Object.keys(more).length === 0 ? short : { kind: short, ...more };
    }),
  );
}

/** The same of exclusions; null without any. */
export function writeExclusions(exclusions: readonly DraftExclusion[]): string | null {
  if (exclusions.length === 0) return null;
  return JSON.stringify(
    exclusions.map(({ kind, where, from, to }) => ({
      kind: kind === ANY ? null : kind,
      ...(where.length === 0 ? {} : { where: where.map(shortCondition) }),
      from,
      to,
    })),
  );
}

/** The same of conditions that every event has to meet; null without any. */
export function writeConditions(conditions: readonly DraftCondition[]): string | null {
  return conditions.length === 0 ? null : JSON.stringify(conditions.map(shortCondition));
}

function shortCondition({ field, op, values }: DraftCondition) {
  switch (op) {
    case 'known':
    case 'unknown':
      return { field, known: op === 'known' };
    case 'more':
    case 'less':
      return { field, [op]: values[0] };
    default:
      return { field, [op]: values.length === 1 ? values[0] : values };
  }
}
