import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const header = 'lead_id,created_at,channel,store';

/** A small studio's lists of leads, as files: two whole weeks of March 2024, the week after with two bad rows, and a week begun. */
export function ownLists(): { twoWeeks: string; nextWeek: string; weekBegun: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'seven-steps-lists-'));
  const write = (name: string, records: string[]) => {
    const file = join(folder, name);
    writeFileSync(file, [header, ...records, ''].join('\n'));
    return file;
  };
  return {
    twoWeeks: write('two-weeks.csv', [...weekOf(4), ...weekOf(11)]),
    nextWeek: write('next-week.csv', [
      ...weekOf(18),
      'L-x,soon,fair,North',
      ',2024-03-19 10:00:00,fair,North',
    ]),
    weekBegun: write('week-begun.csv', weekOf(25).slice(0, 6)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Two leads a day from a Monday of March 2024 on. */
function weekOf(monday: number): string[] {
  return Array.from({ length: 14 }, (_, index) => {
    const day = String(monday + Math.floor(index / 2)).padStart(2, '0');
    const store = index % 2 === 0 ? 'North' : 'South';
    return `L-${monday}-${index},2024-03-${day} 1${index % 10}:00:00,${index % 3 === 0 ? 'fair' : 'search'},${store}`;
  });
}
