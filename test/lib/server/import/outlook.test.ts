import { describe, expect, it } from 'vitest';
import type { Job } from '#lib/server/import/jobs.ts';
import { outlookOf } from '#lib/server/import/outlook.ts';

const begun = new Date('2026-11-20T02:00:00Z');
const after = (seconds: number) => new Date(begun.getTime() + seconds * 1000);
const files = [
  { name: 'a.csv', size: 300 },
  { name: 'b.xlsx', size: 100 },
];
const job = (state: Job['state'], records: [number, number][] = []): Job => ({
  id: 'x',
  draft: 'draft',
  files,
  aside: [],
  state,
  records: new Map(records),
  begun,
});

describe('how far an import is', () => {
  it('grows from the first byte to the models, whatever each file has to go through', () => {
    const course: Job['state'][] = [
      { kind: 'reading', file: 0, records: 0, bytes: 0, of: 300 },
      { kind: 'reading', file: 0, records: 4, bytes: 150, of: 300 },
      { kind: 'reading', file: 0, records: 8, bytes: 300, of: 300 },
      { kind: 'opening', file: 1, records: 0, bytes: 50, of: 100 },
      { kind: 'reading', file: 1, records: 0, bytes: 0, of: 900 },
      { kind: 'reading', file: 1, records: 9, bytes: 900, of: 900 },
      { kind: 'storing', file: 0 },
      { kind: 'storing', file: 1 },
      { kind: 'building' },
    ];
    const shares = course.map((state) => outlookOf(job(state), after(1))?.share ?? Number.NaN);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.every((share) => share >= 0 && share < 1)).toBe(true);
    expect(new Set(shares.slice(1)).size).toBeGreaterThan(6);
  });

  it('tells the records of all files, and the time left by the time gone by', () => {
    const half = job({ kind: 'storing', file: 0 }, [
      [0, 8],
      [1, 9],
    ]);
    const { share, records, seconds } = outlookOf(half, after(60)) ?? {};
    expect(records).toBe(17);
    expect(seconds).toBe(Math.ceil((60 * (1 - Number(share))) / Number(share)));
  });

  it('makes no guess of the time at the very beginning', () => {
    const state = { kind: 'reading', file: 0, records: 1, bytes: 200, of: 300 } as const;
    expect(outlookOf(job(state), after(1))?.seconds).toBeNull();
    expect(outlookOf(job({ ...state, kind: 'opening', bytes: 1 }), after(60))?.seconds).toBeNull();
    expect(outlookOf(job(state), after(10))?.seconds).toBeGreaterThan(0);
  });

  it('is nothing while an import waits or when it has ended', () => {
    for (const kind of ['waiting', 'stopping', 'stopped'] as const)
      expect(outlookOf(job({ kind }), after(10))).toBeNull();
  });
});
