import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';

/** Where the committed sample lists are. */
export const sampleFolder = join(import.meta.dirname, '..', '..', 'data', 'sample');

/** A committed file's text. */
export const committed = (name: string): string => readFileSync(join(sampleFolder, name), 'utf8');

/** A record of a list; a missing value is an empty text. */
export type Row = Readonly<Record<string, string>>;

/** A committed list's records. */
export function rowsOf(list: string): Row[] {
  const { data, errors } = Papa.parse<Row>(committed(`${list}.csv`), { header: true, skipEmptyLines: true });
  if (errors.length > 0) throw new Error(`${list}: ${errors[0]?.message ?? ''}`);
  return data;
}

/** The committed lists' names. */
export const lists = [
  'leads',
  'visits',
  'orders',
  'upsells',
  'payments',
  'campaigns',
  'campaign_days',
  'customers',
  'staff',
  'cards',
  'referral_rewards',
  'followups',
  'appointments',
  'experiments',
  'assignments',
  'targets',
  'surveys',
  'complaints',
] as const;
