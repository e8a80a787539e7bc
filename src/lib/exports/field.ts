import { z } from 'zod';
import type { Locale } from '#lib/words/locale.ts';

export type FieldType = 'text' | 'phone' | 'instant' | 'day' | 'money' | 'whole' | 'number' | 'choice';

/** Headers under which real exports carry a field; the first of each language is its label. */
export type Synonyms = Readonly<Record<Locale, readonly string[]>>;

/** Canonical value → the other spellings that mean it. */
export type Choices = Readonly<Record<string, readonly string[]>>;

/** What the import, the tables, the help and the mapping page need to know of a field beyond its zod type. */
export type FieldMeta = {
  readonly type: FieldType;
  readonly required: boolean;
  /** Part of the key by which a row comes again. */
  readonly key: boolean;
  /** Points at a person: never a segment, never a filter. */
  readonly personal: boolean;
  readonly synonyms: Synonyms;
  readonly choices?: Choices;
  /** Canonical value taken where the field is empty. */
  readonly default?: string;
};

export const fieldMeta = z.registry<FieldMeta>();

type Options = { key?: boolean; personal?: boolean; default?: string };

const value = {
  text: z.string().min(1),
  phone: z.string().min(1),
  instant: z.iso.datetime({ local: true, offset: true }).or(z.iso.date()),
  day: z.iso.date(),
  /** Money travels as text with at most two decimals below a million millions, never as a floating-point number. */
  money: z.string().regex(/^-?\d{1,12}(\.\d{1,2})?$/),
  whole: z.int(),
  number: z.number(),
};

function meta(type: FieldType, required: boolean, synonyms: Synonyms, options: Options): FieldMeta {
  return {
    type,
    required,
    synonyms,
    key: options.key ?? false,
    personal: options.personal ?? false,
    ...(options.default === undefined ? {} : { default: options.default }),
  };
}

/** A field that every record must fill. */
export function required<T extends keyof typeof value>(type: T, synonyms: Synonyms, options: Options = {}) {
  return (value[type].clone() as (typeof value)[T]).register(
    fieldMeta,
    meta(type, true, synonyms, options) as never,
  );
}

/** A field that may be empty. */
export function optional<T extends keyof typeof value>(type: T, synonyms: Synonyms, options: Options = {}) {
  return (value[type] as (typeof value)[T])
    .nullish()
    .register(fieldMeta, meta(type, false, synonyms, options) as never);
}

/** An optional field with a closed list of values, each with its other spellings. */
export function choice<C extends string>(
  synonyms: Synonyms,
  choices: Readonly<Record<C, readonly string[]>>,
  options: Options = {},
) {
  const names = Object.keys(choices) as C[];
  return z
    .enum(names as [C, ...C[]])
    .nullish()
    .register(fieldMeta, {
      ...meta('choice', false, synonyms, options),
      choices: choices as Choices,
    } as never);
}
