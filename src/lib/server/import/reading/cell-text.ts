/**
 * A cell of a workbook as text: dates as 2026-03-08 or 2026-03-08 14:30:00, times alone as 14:30:00; numbers come as
 * texts already (see `numberText`).
 */
export function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  return cell instanceof Date ? dateText(cell) : String(cell);
}

const FIRST_YEAR = 1900;

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const seconds = new Date(Math.round(date.getTime() / 1000) * 1000);
  const [day = '', time = ''] = seconds.toISOString().slice(0, 19).split('T');
  if (seconds.getUTCFullYear() < FIRST_YEAR) return time;
  return time === '00:00:00' ? day : `${day} ${time}`;
}

/** Excel keeps fifteen digits; what its files hold behind them is noise of floating point. */
const DIGITS = 15;

/** A number as a workbook writes it, as a plain decimal text: `1234.5600000000001` is `1234.56`, `1.2E+5` is `120000`. */
export function numberText(written: string): string {
  const value = Number(written);
  if (!Number.isFinite(value)) return written;
  const [mantissa = '', exponent] = value.toPrecision(DIGITS).split('e');
  if (exponent === undefined) return trimmedZeros(mantissa);
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  const point = 1 + Number(exponent);
  if (point <= 0) return trimmedZeros(`${sign}0.${'0'.repeat(-point)}${digits}`);
  return `${sign}${digits.padEnd(point, '0').slice(0, point)}`;
}

const trimmedZeros = (decimal: string): string =>
  decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
