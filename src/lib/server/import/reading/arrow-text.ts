import { DataType, TimeUnit } from 'apache-arrow';
import type { Decimal, Time, Timestamp } from 'apache-arrow';
import { numberText } from './cell-text.ts';

/**
 * A value of an Arrow column as text: instants as 2026-03-08 14:30:00, with Z behind them where the column has a zone;
 * decimals with their scale; lists and objects as JSON; nothing for null.
 */
export function arrowText(value: unknown, type: DataType): string {
  if (value === null || value === undefined) return '';
  if (DataType.isDictionary(type)) return arrowText(value, type.dictionary as DataType);
  if (DataType.isDate(type)) return new Date(Number(value)).toISOString().slice(0, 10);
  if (DataType.isTimestamp(type)) return instantText(Number(value), type);
  if (DataType.isTime(type)) return timeText(Number(value), type);
  if (DataType.isDecimal(type)) return decimalText(value as Uint32Array, type);
  if (typeof value === 'number') return /e/.test(String(value)) ? numberText(String(value)) : String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return typeof value === 'object'
    ? JSON.stringify(value, exact)
    : String(value as string | bigint | boolean);
}

const exact = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

function instantText(milliseconds: number, { timezone }: Timestamp): string {
  const text = new Date(milliseconds)
    .toISOString()
    .replace('T', ' ')
    .replace('Z', '')
    .replace(/\.000$/, '');
  return timezone === null || timezone === undefined ? text : `${text}Z`;
}

const PER_SECOND = {
  [TimeUnit.SECOND]: 1,
  [TimeUnit.MILLISECOND]: 1e3,
  [TimeUnit.MICROSECOND]: 1e6,
  [TimeUnit.NANOSECOND]: 1e9,
};

const timeText = (value: number, { unit }: Time): string =>
  new Date((value / PER_SECOND[unit]) * 1000).toISOString().slice(11, 19);

/** Little-endian words of 32 bits, in two's complement. */
function decimalText(words: Uint32Array, { scale }: Decimal): string {
  const bits = words.reduceRight((all, word) => (all << 32n) | BigInt(word), 0n);
  const value = BigInt.asIntN(words.length * 32, bits);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale > 0 ? `.${digits.slice(-scale)}` : '';
  return `${value < 0n ? '-' : ''}${whole}${fraction}`;
}
