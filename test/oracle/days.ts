const DAY_MS = 86_400_000;

/** The day `count` days after an ISO day (negative: before). */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The business day of an ISO wall-clock instant. */
export function dayOf(instant: string): string {
  return instant.slice(0, 10);
}

/** Whether an ISO day lies in an inclusive range. */
export function within(day: string, from: string, to: string): boolean {
  return from <= day && day <= to;
}

/** The earlier of two ISO days. */
export function earlierDay(a: string, b: string): string {
  return a < b ? a : b;
}

/** The Monday on or before an ISO day. */
export function mondayOf(day: string): string {
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -sinceMonday);
}

/** The first day of the month of an ISO day, and of the month after it. */
export function monthOf(day: string): { first: string; next: string } {
  const first = `${day.slice(0, 7)}-01`;
  return { first, next: `${addDays(first, 31).slice(0, 7)}-01` };
}

/** Whole and fractional days from one ISO wall-clock instant to another. */
export function elapsedDays(from: string, to: string): number {
  return (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / DAY_MS;
}
