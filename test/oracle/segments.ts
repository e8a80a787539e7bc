import type { Fact, Path } from './journeys.ts';
import type { Lead, Text } from './tables.ts';

/** The step of the fact a value was taken from, and whether that fact opened the journey. */
export interface Value {
  text: Text;
  /** 2 lead, 3 visit, 4 order; null where no fact has a value. */
  step: 2 | 3 | 4 | null;
  isFirst: boolean;
}

/** Segment fields that the oracle knows. */
export const segmentFields = [
  'store',
  'channel',
  'campaign',
  'staff',
  'inviter',
  'seller',
  'city',
  'district',
  'age_group',
  'reason',
  'tactic',
  'package',
  'returning',
  'kind',
  // unknown columns that the random studios bring along
  'landing',
  'room',
] as const;

export type SegmentField = (typeof segmentFields)[number];

/** What each row type calls a field; a missing entry means the row never carries it. */
const leadColumns: Partial<Record<SegmentField, keyof Lead>> = {
  store: 'store',
  channel: 'channel',
  campaign: 'campaign_id',
  staff: 'staff_id',
  inviter: 'staff_id',
  city: 'city',
  district: 'district',
  age_group: 'age_group',
};

/** The value of a field from the journey's first fact that has one (the lead row stands first). */
export function segmentValue(path: Path, field: SegmentField): Value {
  if (field === 'kind') return { text: path.kind, step: 2, isFirst: true };
  if (field === 'returning') return { text: path.returning ? 'yes' : 'no', step: 2, isFirst: true };
  const leadColumn = leadColumns[field];
  const fromLead = leadColumn ? path.lead?.[leadColumn] : extraValue(path.lead?.extra ?? null, field);
  if (typeof fromLead === 'string') return { text: fromLead, step: 2, isFirst: true };
  const position = path.facts.findIndex((fact) => factValue(fact, field) !== null);
  const fact = path.facts[position];
  if (!fact) return { text: null, step: null, isFirst: true };
  return {
    text: factValue(fact, field),
    step: fact.step,
    isFirst: path.lead === null && position === 0,
  };
}

function factValue(fact: Fact, field: SegmentField): Text {
  if (field === 'store') return fact.row.store;
  if (field === 'staff' || field === 'seller') return fact.row.staff_id;
  if (fact.step === 3 && (field === 'reason' || field === 'tactic')) return fact.row[field];
  if (fact.step === 4 && field === 'package') return fact.row.package;
  return extraValue(fact.row.extra, field);
}

function extraValue(extra: Text, field: SegmentField): Text {
  return extra === null
    ? null
    : ((JSON.parse(extra) as Partial<Record<SegmentField, string>>)[field] ?? null);
}

/** Whether a value became known only after the step that a rate divides by. */
export function isKnownAfter(value: Value, denominatorStep: number): boolean {
  return value.step !== null && !value.isFirst && value.step > denominatorStep;
}
