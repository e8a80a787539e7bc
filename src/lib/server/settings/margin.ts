/**
 * A margin rate as the settings keep it (a share in 0…1 as text, or none) from per cent as somebody types it: 45, 45.5 or
 * 45 %; nothing means none. Moves the point in the text, so nothing is rounded. What is no such number comes back as it is.
 */
export function shareOfPercent(typed: string): string {
  const text = typed.replaceAll(/[\s%％]/g, '').replace(',', '.');
  if (text === '') return 'none';
  const [, whole, fraction = ''] = /^(\d{1,3})(?:\.(\d{1,15}))?$/.exec(text) ?? [];
  if (whole === undefined) return typed;
  const digits = whole.padStart(3, '0');
  return trimmed(`${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`);
}

/** The same the other way round: 0.455 → 45.5; empty for none. */
export function percentOfShare(share: string): string {
  if (share === 'none') return '';
  const [whole = '0', fraction = ''] = share.split('.');
  const digits = fraction.padEnd(2, '0');
  return trimmed(`${Number(whole + digits.slice(0, 2))}.${digits.slice(2)}`);
}

function trimmed(decimal: string): string {
  return decimal.replace(/\.?0*$/, '');
}
