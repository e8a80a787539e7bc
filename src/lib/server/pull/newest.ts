import type { WebFeed } from './feed.ts';
import { textOfRecord } from './json-page.ts';
import type { PageRecord } from './json-page.ts';

/**
 * The greatest value of a feed's `since` among records and `so`, the greatest before them; null where there is none.
 * Numbers are compared as numbers, anything else as text: instants in ISO 8601 stand in order then.
 */
export function newest({ since }: WebFeed, records: readonly PageRecord[], so: string | null): string | null {
  if (!since) return null;
  return records.reduce<string | null>((most, record) => {
    const value = textOfRecord(record, since.field);
    if (value === null) return most;
    return most === null || isAfter(value, most) ? value : most;
  }, so);
}

const LONG_WHOLE = /^\d{16,40}$/;

function isAfter(one: string, other: string): boolean {
  if (LONG_WHOLE.test(one) && LONG_WHOLE.test(other)) return BigInt(one) > BigInt(other);
  const [a, b] = [Number(one), Number(other)];
  return Number.isNaN(a) || Number.isNaN(b) ? one > other : a > b;
}
