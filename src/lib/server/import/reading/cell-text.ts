const DAY_MS = 86_400_000;
/** 1970-01-01 in days as workbooks count them, from 1900 (with a leap day that never was) or from 1904. */
const EPOCH = { from1900: 25_569, from1904: 24_107 };
/** The last day of the year 9999. */
const LAST_DAY = 2_958_465;

/**
 * A day as workbooks count them as text: 2026-03-08 or 2026-03-08 14:30:00, a time alone as 14:30:00. Null where the number
 * is no day.
 */
export function dateText(serial: number, from1904: boolean): string | null {
  if (!(serial >= 0 && serial <= LAST_DAY)) return null;
  const epoch = from1904 ? EPOCH.from1904 : EPOCH.from1900;
  const seconds = Math.round((serial - epoch) * (DAY_MS / 1000));
  const [day = '', time = ''] = new Date(seconds * 1000).toISOString().slice(0, 19).split('T');
  if (serial < 1) return time;
  return time === '00:00:00' ? day : `${day} ${time}`;
}

/** Excel keeps fifteen digits; what its files hold behind them is noise of floating point. */
const DIGITS = 15;

/**
 * A number as a workbook writes it, as a plain decimal text: `1234.5600000000001` is `1234.56`, `1.2E+5` is `120000`. A
 * whole number of more digits than Excel keeps stays as it is where all of them are written, and in scientific notation
 * where they are not: what stood there is not known any more.
 */
export function numberText(written: string): string {
  const value = Number(written);
  if (!Number.isFinite(value)) return written;
  if (Math.abs(value) >= 10 ** DIGITS) return /^-?\d+$/.test(written) ? written : scientific(value);
  const [mantissa = '', exponent] = value.toPrecision(DIGITS).split('e');
  if (exponent === undefined) return trimmedZeros(mantissa);
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  const point = 1 + Number(exponent);
  if (point <= 0) return trimmedZeros(`${sign}0.${'0'.repeat(-point)}${digits}`);
  return `${sign}${digits.padEnd(point, '0').slice(0, point)}`;
}

const scientific = (value: number): string => value.toPrecision(DIGITS).replace(/\.?0*e/, 'E');

const trimmedZeros = (decimal: string): string =>
  decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
