import type { FunctionCase } from './case.ts';

/** Intervals and limits. */
export const intervalCases: readonly FunctionCase[] = [
  {
    name: 'wilson_low',
    call: 'wilson_low(t.a, t.b)',
    inputs: ['bigint', 'bigint'],
    gives: 'double',
    rows: [
      [81, 263, 0.2552885198782742],
      [0, 20, 0],
      [20, 20, 0.8388748419471806],
      [5, 3, null],
      [0, 0, null],
      [null, 3, null],
    ],
  },
  {
    name: 'wilson_high',
    call: 'wilson_high(t.a, t.b)',
    inputs: ['bigint', 'bigint'],
    gives: 'double',
    rows: [
      [81, 263, 0.36620957698280004],
      [0, 20, 0.1611251580528194],
      [20, 20, 1],
      [-1, 3, null],
      [0, 0, null],
      [1, null, null],
    ],
  },
  {
    name: 'newcombe_low',
    call: 'newcombe_low(t.a, t.b, t.c, t.d)',
    inputs: ['bigint', 'bigint', 'bigint', 'bigint'],
    gives: 'double',
    rows: [
      [56, 70, 48, 80, 0.0524314724023649],
      [10, 10, 0, 20, 0.6790860371419147],
      [1, 0, 1, 2, null],
      [null, 1, 1, 2, null],
    ],
  },
  {
    name: 'newcombe_high',
    call: 'newcombe_high(t.a, t.b, t.c, t.d)',
    inputs: ['bigint', 'bigint', 'bigint', 'bigint'],
    gives: 'double',
    rows: [
      [56, 70, 48, 80, 0.333872654036906],
      [10, 10, 0, 20, 1],
      [1, 2, 1, 0, null],
    ],
  },
  {
    name: 'student_t',
    call: 'student_t(t.a)',
    inputs: ['bigint'],
    gives: 'double',
    rows: [
      [4, 2.775582224236798],
      [9, 2.262143575445636],
      [30, 2.042272425276678],
      [3, null],
      [null, null],
    ],
  },
  {
    name: 'chance_low',
    call: 'chance_low(t.a, t.b, t.c)',
    inputs: ['double', 'bigint', 'double'],
    gives: 'double',
    rows: [
      [0.5, 100, 2, 0.4],
      [0.1, 9, 2, 0],
      [0, 9, 2, 0],
    ],
  },
  {
    name: 'chance_high',
    call: 'chance_high(t.a, t.b, t.c)',
    inputs: ['double', 'bigint', 'double'],
    gives: 'double',
    rows: [
      [0.5, 100, 2, 0.6],
      [0.1, 9, 2, 0.3],
      [0.9, 9, 2, 1],
    ],
  },
  {
    name: 'log_mean',
    call: 'log_mean(t.a, t.b)',
    inputs: ['double', 'double'],
    gives: 'double',
    rows: [
      [2, 1, 1 / Math.LN2],
      [3, 3, 3],
      [1.0025, 1, 1.0012494798166793],
      [1, 1.0015, 1.0007498126404915],
      [100_000_000.01, 100_000_000, 100_000_000.005],
      [0, 1, null],
      [-1, 1, null],
      [null, 1, null],
    ],
  },
];
