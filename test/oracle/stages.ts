/** What a client did on a day. */
export type ClientAct = { kind: string; day: string };

const LIFE_SPAN_MONTHS = 36;

/** The stage in which a client stands on a day, by their acts until then: the first of the rules that fits. */
export function stageOn(acts: readonly ClientAct[], day: string): 'A' | 'B' | 'C' | 'D' | 'E' {
  const known = acts.filter((act) => act.day <= day);
  const orders = known.filter(({ kind }) => kind === 'order');
  const last = known
    .map((act) => act.day)
    .toSorted()
    .at(-1);
  if (orders.length === 0 || last === undefined) return 'A';
  if (addMonths(last, LIFE_SPAN_MONTHS) < day) return 'E';
  if (addMonths(last, LIFE_SPAN_MONTHS / 2) < day) return 'D';
  const isRecent = (act: ClientAct) => addMonths(act.day, LIFE_SPAN_MONTHS) >= day;
  if (orders.filter(isRecent).length >= 2) return 'C';
  return known.some((act) => act.kind === 'referral' && isRecent(act)) ? 'C' : 'B';
}

/** The same day of the month so many months later, or that month's last day. */
function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
