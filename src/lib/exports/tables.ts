import type { z } from 'zod';
import { client_decisions } from './clients.ts';
import { fieldMeta } from './field.ts';
import type { FieldMeta } from './field.ts';
import { leads, orders, visits } from './path.ts';
import { cards, customers, referral_rewards, staff } from './people.ts';
import { assignments, brand_surveys, campaign_days, campaigns, experiments } from './reach.ts';
import { appointments, payments, upsells } from './sales.ts';
import { complaints, events, followups, surveys, targets } from './service.ts';

/** Every list that a business may export, by its name here. The order is the order of the help. */
export const tables = {
  leads,
  visits,
  orders,
  upsells,
  payments,
  campaigns,
  campaign_days,
  customers,
  staff,
  followups,
  cards,
  referral_rewards,
  appointments,
  complaints,
  surveys,
  brand_surveys,
  experiments,
  assignments,
  targets,
  events,
  client_decisions,
} as const;

export type TableName = keyof typeof tables;

export type Field = FieldMeta & { readonly name: string };

export const tableNames = Object.keys(tables) as readonly TableName[];

/** Whether `name` is one of the tables. */
export function isTableName(name: string): name is TableName {
  return Object.hasOwn(tables, name);
}

const fieldLists = Object.fromEntries(tableNames.map((table) => [table, readFields(table)])) as Record<
  TableName,
  readonly Field[]
>;

/** The fields of a table in the order of the contract. */
export function fieldsOf(table: TableName): readonly Field[] {
  return fieldLists[table];
}

/** The names of the fields by which a row of the table comes again. */
export function keyOf(table: TableName): readonly string[] {
  return fieldsOf(table)
    .filter((field) => field.key)
    .map((field) => field.name);
}

function readFields(table: TableName): readonly Field[] {
  return Object.entries(tables[table].shape).map(([name, schema]) => {
    const meta = fieldMeta.get(schema as z.ZodType);
    if (!meta) throw new Error(`${table}.${name} has no field metadata`);
    return { name, ...meta };
  });
}
