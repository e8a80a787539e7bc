/** The business day of an instant in a time zone, as `2026-03-08`. */
export function businessDay(zone: string, instant: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(instant);
}
