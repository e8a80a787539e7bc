import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  acrossOf,
  ageAt,
  ageTicks,
  atAge,
  drawCurves,
  frames,
  lookOf,
  seenPoints,
} from '#lib/charts/curve.ts';

const ages = (many: number) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: 365 }), { minLength: 1, maxLength: many })
    .map((list) => list.toSorted((a, b) => a - b));

/** A curve that rises to at most so much. */
const curve = ages(365).chain((days) =>
  fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: days.length, maxLength: days.length })
    .map((shares) => {
      const rising = shares.toSorted((a, b) => a - b);
      return days.map((age, at) => {
        const share = rising[at] ?? 0;
        return { age, share, low: share / 2, high: (1 + share) / 2, lost: 0 };
      });
    }),
);

const numbersIn = (path: string) => [...path.matchAll(/([MHV])([\d.]+)(?: ([\d.]+))?/g)];

describe('a curve by age', () => {
  test('has round marks from 0 on, none beyond its end, and no more than six', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 365 }), (until) => {
        const marks = ageTicks(until);
        expect(marks[0]).toBe(0);
        expect(marks.length).toBeLessThanOrEqual(6);
        expect(marks.at(-1)).toBeLessThanOrEqual(until);
      }),
    );
    expect(ageTicks(90)).toEqual([0, 21, 42, 63, 84]);
    expect(ageTicks(365)).toEqual([0, 90, 180, 270, 360]);
  });

  test('keeps the last of the steps that cannot be told apart, so that it ends where it ended', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 1, max: 365 }), (points, until) => {
        const seen = seenPoints(points, until);
        expect(seen.length).toBeLessThanOrEqual(122);
        expect(seen.at(-1)).toEqual(points.findLast(({ age }) => age <= until));
        for (const { age } of points) {
          const part = Math.ceil((age * 120) / until);
          if (age <= until)
            expect(seen.some((point) => Math.ceil((point.age * 120) / until) === part)).toBe(true);
        }
      }),
    );
  });

  test('never falls, stays within its axes, and its labels never meet', () => {
    fc.assert(
      fc.property(fc.array(curve, { minLength: 1, maxLength: 5 }), (curves) => {
        const lines = curves.map((points, at) => ({
          name: `line ${at}`,
          points,
          until: points.at(-1)?.age ?? 0,
          atRisk: ['9', '8'],
        }));
        const until = Math.max(1, ...lines.map((line) => line.until));
        for (const frame of Object.values(frames)) {
          const drawn = drawCurves(
            { lines, until, ages: [0, until], rates: [0, 1], hasLosses: true },
            4,
            frame,
          );
          for (const { path, band } of drawn.lines) {
            const downs = numbersIn(path)
              .filter(([, letter]) => letter === 'V')
              .map(([, , to]) => Number(to));
            expect(downs).toEqual(downs.toSorted((a, b) => b - a));
            for (const [, letter, to] of [...numbersIn(path), ...numbersIn(band)]) {
              const [least, most] =
                letter === 'V' ? [10, drawn.base] : [frame.left, frame.width - frame.right];
              expect(Number(to)).toBeGreaterThanOrEqual(least);
              expect(Number(to)).toBeLessThanOrEqual(most);
            }
          }
          const labels = drawn.lines.map(({ end }) => end.label).toSorted((a, b) => a - b);
          for (const [at, label] of labels.entries())
            if (at > 0) expect(label - (labels[at - 1] ?? 0)).toBeGreaterThanOrEqual(15.9);
        }
      }),
    );
  });

  test('finds under a pointer the age that is drawn there', () => {
    for (const age of [0, 1, 17, 90])
      expect(ageAt(acrossOf(age, 90, frames.narrow), 90, frames.narrow)).toBe(age);
    expect(ageAt(0, 90, frames.narrow)).toBeNull();
    expect(ageAt(frames.narrow.width, 90, frames.narrow)).toBeNull();
    expect(atAge([{ age: 3 }, { age: 7 }], 6)).toEqual({ age: 3 });
    expect(atAge([{ age: 3 }], 2)).toBeNull();
  });

  test('tells five lines apart without their colours being all', () => {
    const looks = [0, 1, 2, 3, 4].map((place) => JSON.stringify(lookOf(place, 4)));
    expect(new Set(looks).size).toBe(5);
  });
});
