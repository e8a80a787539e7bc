import type { FunctionCase } from './case.ts';

const instants = ['timestamp', 'timestamp'];

/** Functions of days and instants. */
export const dayCases: readonly FunctionCase[] = [
  {
    name: 'day_of',
    call: 'day_of(t.a)',
    inputs: ['timestamp'],
    gives: 'date',
    rows: [
      ['2024-02-29 23:59:59.500000', '2024-02-29'],
      ['1969-12-31 00:00:00', '1969-12-31'],
      [null, null],
    ],
  },
  {
    name: 'week_start',
    call: 'week_start(t.a)',
    inputs: ['timestamp'],
    gives: 'date',
    rows: [
      ['2024-03-03 10:00:00', '2024-02-26'],
      ['2024-03-04 00:00:00', '2024-03-04'],
      ['1969-12-31 23:00:00', '1969-12-29'],
      [null, null],
    ],
  },
  {
    name: 'week_start',
    call: 'week_start(t.a)',
    inputs: ['date'],
    gives: 'date',
    rows: [
      ['2026-01-01', '2025-12-29'],
      [null, null],
    ],
  },
  {
    name: 'month_start',
    call: 'month_start(t.a)',
    inputs: ['date'],
    gives: 'date',
    rows: [
      ['2024-02-29', '2024-02-01'],
      ['1969-12-31', '1969-12-01'],
      [null, null],
    ],
  },
  {
    name: 'days_between',
    call: 'days_between(t.a, t.b)',
    inputs: instants,
    gives: 'bigint',
    rows: [
      ['2024-02-28 23:59:00', '2024-03-01 00:01:00', 2],
      ['2024-01-02 00:01:00', '2024-01-01 23:59:00', -1],
      ['1969-12-31 12:00:00', '1970-01-01 12:00:00', 1],
      ['2024-01-01 00:00:00', null, null],
    ],
  },
  {
    name: 'months_between',
    call: 'months_between(t.a, t.b)',
    inputs: instants,
    gives: 'bigint',
    rows: [
      ['2024-01-31 00:00:00', '2024-02-01 00:00:00', 0],
      ['2024-01-31 00:00:00', '2024-02-29 00:00:00', 1],
      ['2024-02-01 00:00:00', '2024-02-29 23:00:00', 0],
      ['2024-02-15 23:00:00', '2025-03-15 01:00:00', 13],
      ['2024-02-15 23:00:00', '2025-03-14 23:00:00', 12],
      [null, '2024-02-01 00:00:00', null],
    ],
  },
  {
    name: 'seconds_between',
    call: 'seconds_between(t.a, t.b)',
    inputs: instants,
    gives: 'bigint',
    rows: [
      ['2024-01-01 00:00:00.900000', '2024-01-01 00:00:01.100000', 1],
      ['2024-01-02 00:00:00', '2024-01-01 00:00:00', -86400],
      [null, null, null],
    ],
  },
  {
    name: 'add_days',
    call: 'add_days(t.a, t.b)',
    inputs: ['date', 'bigint'],
    gives: 'date',
    rows: [
      ['2024-02-28', 2, '2024-03-01'],
      ['1970-01-01', -1, '1969-12-31'],
      [null, 1, null],
      ['2024-02-28', null, null],
    ],
  },
  {
    name: 'minute_of',
    call: 'minute_of(t.a)',
    inputs: ['timestamp'],
    gives: 'timestamp',
    rows: [
      ['2024-02-29 23:59:59.500000', '2024-02-29T23:59:00'],
      ['2024-03-01 00:00:00', '2024-03-01T00:00:00'],
      ['1969-12-31 23:58:30', '1969-12-31T23:58:00'],
      [null, null],
    ],
  },
  {
    name: 'add_minutes',
    call: 'add_minutes(t.a, t.b)',
    inputs: ['timestamp', 'bigint'],
    gives: 'timestamp',
    rows: [
      ['2024-02-28 23:45:00', 30, '2024-02-29T00:15:00'],
      [null, 30, null],
    ],
  },
  {
    name: 'microseconds_of',
    call: 'microseconds_of(t.a)',
    inputs: ['timestamp'],
    gives: 'bigint',
    rows: [
      ['2024-02-29 23:59:59.500001', 1_709_251_199_500_001],
      ['1969-12-31 23:59:59', -1_000_000],
      [null, null],
    ],
  },
  {
    name: 'add_months',
    call: 'add_months(t.a, t.b)',
    inputs: ['date', 'bigint'],
    gives: 'date',
    rows: [
      ['2024-01-31', 1, '2024-02-29'],
      ['2024-02-29', -12, '2023-02-28'],
      ['2023-03-15', 36, '2026-03-15'],
      ['1970-01-31', -2, '1969-11-30'],
      [null, 1, null],
    ],
  },
  {
    name: 'calendar_no',
    call: 'calendar_no(t.a, t.b, t.c)',
    inputs: ['varchar', 'varchar', 'date'],
    gives: 'bigint',
    rows: [
      ['hour', 'monday', '1970-01-02', 24],
      ['day', 'monday', '1970-01-11', 10],
      ['week', 'monday', '1970-01-05', 1],
      ['week', 'monday', '1970-01-04', 0],
      ['week', 'sunday', '1970-01-04', 1],
      ['week', 'sunday', '1969-12-27', -1],
      ['month', 'monday', '2026-11-23', 682],
      ['quarter', 'monday', '2026-11-23', 227],
      ['year', 'monday', '1969-12-31', -1],
      ['year', 'monday', null, null],
    ],
  },
  {
    name: 'interval_hours',
    call: 'interval_hours(t.a)',
    inputs: ['varchar'],
    gives: 'bigint',
    rows: [
      ['hour', 1],
      ['week', 168],
      ['year', 8760],
      ['客资', null],
      [null, null],
    ],
  },
];
