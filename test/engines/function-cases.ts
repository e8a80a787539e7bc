/** A value of a case as text, a number or nothing; doubles are compared within 1e-9 relative. */
export type CaseValue = string | number | boolean | null;

/** One function of the dialect: how it is called on columns of table t, and what comes out for each row of inputs. */
export type FunctionCase = {
  readonly name: string;
  /** The call on t.a, t.b, t.c, t.d. */
  readonly call: string;
  /** SQL types of the inputs, in order. */
  readonly inputs: readonly string[];
  readonly gives: string;
  /** An aggregate gives one value over all rows: that of the first row. */
  readonly aggregate?: boolean;
  /** Inputs, then the result. */
  readonly rows: readonly (readonly CaseValue[])[];
};

const instants = ['timestamp', 'timestamp'];

/** Every function of dialect.duckdb.sql and dialect.clickhouse.sql. Nulls, zeros, edges of time and Chinese text. */
export const functionCases: readonly FunctionCase[] = [
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
      ['2024-01-31 00:00:00', '2024-02-01 00:00:00', 1],
      ['2024-02-01 00:00:00', '2024-02-29 23:00:00', 0],
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
    name: 'safe_ratio',
    call: 'safe_ratio(t.a, t.b)',
    inputs: ['bigint', 'bigint'],
    gives: 'double',
    rows: [
      [1, 3, 1 / 3],
      [5, 0, null],
      [0, 0, null],
      [null, 2, null],
      [2, null, null],
    ],
  },
  {
    name: 'safe_ratio',
    call: 'safe_ratio(t.a, t.b)',
    inputs: ['decimal(18,2)', 'decimal(18,2)'],
    gives: 'double',
    rows: [
      ['10.00', '3.00', 10 / 3],
      ['10.00', '0.00', null],
    ],
  },
  {
    name: 'money',
    call: 'money(t.a)',
    inputs: ['double'],
    gives: 'decimal(18,2)',
    rows: [
      [0.29, '0.29'],
      [0.125, '0.13'],
      [-0.125, '-0.13'],
      [1234567890.12, '1234567890.12'],
      [0, '0.00'],
      [null, null],
    ],
  },
  {
    name: 'money_per',
    call: 'money_per(t.a, t.b)',
    inputs: ['decimal(18,2)', 'bigint'],
    gives: 'decimal(18,2)',
    rows: [
      ['9882.13', 2, '4941.07'],
      ['-9882.13', 2, '-4941.07'],
      ['10.00', 3, '3.33'],
      ['0.29', 1, '0.29'],
      ['10.00', 0, null],
      [null, 2, null],
      ['10.00', null, null],
    ],
  },
  {
    name: 'whole',
    call: 'whole(t.a)',
    inputs: ['double'],
    gives: 'bigint',
    rows: [
      [1.9, 1],
      [-1.9, -1],
      [0, 0],
      [null, null],
    ],
  },
  {
    name: 'percentile',
    call: 'percentile(t.a, 0.25)',
    inputs: ['bigint'],
    gives: 'double',
    aggregate: true,
    rows: [
      [1, 1.75],
      [2, null],
      [3, null],
      [4, null],
      [null, null],
    ],
  },
  {
    name: 'maybe',
    call: 'lag(maybe(t.n)) over (order by t.n)',
    inputs: ['bigint'],
    gives: 'bigint',
    rows: [
      [7, null],
      [8, 1],
      [9, 2],
    ],
  },
  {
    name: 'is_in',
    call: "is_in($list::varchar[], coalesce(t.a, ''))",
    inputs: ['varchar'],
    gives: 'boolean',
    rows: [
      ['客资', true],
      ["it's", true],
      ['other', false],
      [null, false],
    ],
  },
  {
    name: 'attribute',
    call: 'attribute(t.a, t.b)',
    inputs: ['varchar', 'varchar'],
    gives: 'varchar',
    rows: [
      ['{"来源":"小红书"}', '来源', '小红书'],
      ['{"shoe size":"42"}', 'shoe size', '42'],
      ['{"a":7}', 'a', '7'],
      ['{"a":""}', 'a', ''],
      ['{"a":null}', 'a', null],
      ['{"a":"b"}', 'c', null],
      ['{"say \\"hi\\"":"yes"}', 'say "hi"', 'yes'],
      ['{"*":"star","a":"b"}', '*', 'star'],
      ['{"":"empty"}', '', 'empty'],
      ['{"a/b~c.d":"path"}', 'a/b~c.d', 'path'],
      ['{"0":"digit"}', '0', 'digit'],
      [null, 'a', null],
    ],
  },
  {
    name: 'attribute_names',
    call: 'length(attribute_names(t.a))',
    inputs: ['varchar'],
    gives: 'bigint',
    rows: [
      ['{"来源":"小红书","b":null}', 2],
      ['{}', 0],
    ],
  },
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
  {
    name: 'to_text',
    call: 'to_text(t.a)',
    inputs: ['varchar'],
    gives: 'varchar',
    rows: [
      ['  客资 ', '客资'],
      ['  ', null],
      [null, null],
    ],
  },
  {
    name: 'to_instant',
    call: 'to_instant(t.a)',
    inputs: ['varchar'],
    gives: 'timestamp',
    rows: [
      ['2024-02-29 10:11:12', '2024-02-29T10:11:12'],
      ['', null],
      [null, null],
    ],
  },
  {
    name: 'to_day',
    call: 'to_day(t.a)',
    inputs: ['varchar'],
    gives: 'date',
    rows: [
      ['2024-02-29', '2024-02-29'],
      ['', null],
      [null, null],
    ],
  },
  {
    name: 'to_money',
    call: 'to_money(t.a)',
    inputs: ['varchar'],
    gives: 'decimal(18,2)',
    rows: [
      ['1234.5', '1234.50'],
      ['', null],
      [null, null],
    ],
  },
  {
    name: 'to_whole',
    call: 'to_whole(t.a)',
    inputs: ['varchar'],
    gives: 'bigint',
    rows: [
      [' 42 ', 42],
      ['', null],
      [null, null],
    ],
  },
  {
    name: 'masked_name',
    call: 'masked_name(t.a)',
    inputs: ['varchar'],
    gives: 'varchar',
    rows: [
      ['张三丰', '张**'],
      ['李四', '李*'],
      ['王', '王*'],
      ['Alice Smith', 'A**'],
      [null, null],
    ],
  },
  {
    name: 'masked_phone',
    call: 'masked_phone(t.a)',
    inputs: ['varchar'],
    gives: 'varchar',
    rows: [
      ['13800138000', '138****8000'],
      ['+8613800138000', '+86****8000'],
      ['12345', '****45'],
      [null, null],
    ],
  },
  {
    name: 'masked_text',
    call: 'masked_text(t.a)',
    inputs: ['varchar'],
    gives: 'varchar',
    rows: [
      ['张三,13800138000,110101199003071234x,江北店', '张三,****,****,江北店'],
      ['138 0013 8000;138-0013-8000', '****;****'],
      ['"wang@example.com.cn",100', '"****",100'],
      ['微信a.b@qq.com，123456', '微信****，123456'],
      ['2026-08-05 10:00,466450', '2026-08-05 10:00,466450'],
      [null, null],
    ],
  },
  {
    name: 'holds_contact',
    call: 'holds_contact(t.a)',
    inputs: ['varchar'],
    gives: 'boolean',
    rows: [
      ['13800138000', true],
      ['回电 138-0013-8000 王', true],
      ['+86 138 0013 8000', true],
      ['0912-345-678', true],
      ['0755-12345678', true],
      ['9123 4567', true],
      ['wang@example.com', true],
      ['11010119900307123X', true],
      ['A123456789', true],
      ['1789012345678901', false],
      ['2026-08-05 10:00:00', false],
      ['20260805', false],
      ['4664.50', false],
      ['抖音@本地', false],
      ['', false],
      [null, null],
    ],
  },
];
