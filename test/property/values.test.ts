import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { columnReader } from '../lib/server/import/values/columns.ts';
import type { ColumnReader } from '../lib/server/import/values/columns.ts';
import { runs } from './runs.ts';

let reader: ColumnReader;
beforeAll(async () => {
  reader = await columnReader();
});
afterAll(() => reader.close());

type Moment = { year: number; month: number; day: number; hour: number; minute: number; second: number };

const moments: fc.Arbitrary<Moment> = fc
  .date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2049-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => ({
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  }));

const two = (n: number): string => String(n).padStart(2, '0');
const english = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const short = (month: number): string => (english[month - 1] ?? '').slice(0, 3);
const fullWidth = (text: string): string =>
  text.replace(/[0-9/:]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

type Write = (moment: Moment) => string;

/** Days as people write them; those of `open` need a value of the column that decides their order. */
const closedDays: Record<string, Write> = {
  iso: ({ year, month, day }) => `${year}-${two(month)}-${two(day)}`,
  slashes: ({ year, month, day }) => `${year}/${month}/${day}`,
  dots: ({ year, month, day }) => `${year}.${month}.${day}`,
  compact: ({ year, month, day }) => `${year}${two(month)}${two(day)}`,
  chinese: ({ year, month, day }) => `${year}年${month}月${day}日`,
  'full width': ({ year, month, day }) => fullWidth(`${year}/${month}/${day}`),
  'named, day first': ({ year, month, day }) => `${day} ${english[month - 1]} ${year}`,
  'named, of Excel': ({ year, month, day }) => `${day}-${short(month)}-${two(year % 100)}`,
  'named, month first': ({ year, month, day }) => `${short(month)} ${day}, ${year}`,
};
const openDays: Record<string, Write> = {
  'd/m/y': ({ year, month, day }) => `${day}/${month}/${year}`,
  'm/d/y': ({ year, month, day }) => `${month}/${day}/${year}`,
  'dd-mm-yyyy': ({ year, month, day }) => `${two(day)}-${two(month)}-${year}`,
  'mm-dd-yyyy': ({ year, month, day }) => `${two(month)}-${two(day)}-${year}`,
  'dd.mm.yyyy': ({ year, month, day }) => `${two(day)}.${two(month)}.${year}`,
};

/** A day that no two orders share, in the middle of the range. */
const telling: Moment = { year: 2026, month: 3, day: 25, hour: 9, minute: 5, second: 7 };

const clocks: Record<string, { write: Write; keeps: 'second' | 'minute' | 'day' }> = {
  none: { write: () => '', keeps: 'day' },
  seconds: {
    write: ({ hour, minute, second }) => ` ${two(hour)}:${two(minute)}:${two(second)}`,
    keeps: 'second',
  },
  minutes: { write: ({ hour, minute }) => ` ${hour}:${two(minute)}`, keeps: 'minute' },
  twelve: {
    write: ({ hour, minute }) =>
      ` ${hour % 12 === 0 ? 12 : hour % 12}:${two(minute)} ${hour < 12 ? 'AM' : 'PM'}`,
    keeps: 'minute',
  },
  'twelve in Chinese': {
    write: ({ hour, minute, second }) =>
      ` ${hour < 12 ? '上午' : '下午'} ${two(hour % 12 === 0 ? 12 : hour % 12)}:${two(minute)}:${two(second)}`,
    keeps: 'second',
  },
  'in words': { write: ({ hour, minute }) => ` ${hour}时${minute}分`, keeps: 'minute' },
};

const asTimestamp = ({ year, month, day, hour, minute, second }: Moment, keeps: string): string => {
  const clock = { second: [hour, minute, second], minute: [hour, minute, 0], day: [0, 0, 0] }[keeps] ?? [];
  return `${year}-${two(month)}-${two(day)} ${clock.map(two).join(':')}`;
};

const column = fc.array(moments, { minLength: 1, maxLength: 25 });

test('any moment written in any style is read back, in columns that mix styles without an order too', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          moment: moments,
          day: fc.constantFrom(...Object.keys(closedDays)),
          clock: fc.constantFrom(...Object.keys(clocks)),
        }),
        {
          minLength: 1,
          maxLength: 25,
        },
      ),
      async (cells) => {
        const texts = cells.map(
          ({ moment, day, clock }) => `${closedDays[day]?.(moment)}${clocks[clock]?.write(moment)}`,
        );
        expect(await reader.values('leads.created_at', texts)).toEqual(
          cells.map(({ moment, clock }) => asTimestamp(moment, clocks[clock]?.keeps ?? '')),
        );
      },
    ),
    runs(25, 1000),
  );
});

test('any column of days in numbers is read back as soon as one value decides their order', async () => {
  await fc.assert(
    fc.asyncProperty(
      column,
      fc.constantFrom(...Object.keys(openDays)),
      fc.constantFrom(...Object.keys(clocks)),
      async (list, day, clock) => {
        const all = [...list, telling];
        const texts = all.map((moment) => `${openDays[day]?.(moment)}${clocks[clock]?.write(moment)}`);
        expect(await reader.values('leads.created_at', texts)).toEqual(
          all.map((moment) => asTimestamp(moment, clocks[clock]?.keeps ?? '')),
        );
      },
    ),
    runs(25, 1000),
  );
});

test('any moment with any offset is on the firm’s wall clock', async () => {
  const offsets = fc.integer({ min: -12 * 4, max: 14 * 4 }).map((quarters) => quarters * 15);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(moments, offsets), { minLength: 1, maxLength: 25 }), async (list) => {
      const texts = list.map(([moment, minutes]) => {
        const sign = minutes < 0 ? '-' : '+';
        const size = Math.abs(minutes);
        return `${asTimestamp(moment, 'second').replace(' ', 'T')}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
      });
      const shanghai = list.map(([moment, minutes]) =>
        new Date(
          Date.parse(`${asTimestamp(moment, 'second').replace(' ', 'T')}Z`) + (8 * 60 - minutes) * 60_000,
        )
          .toISOString()
          .slice(0, 19)
          .replace('T', ' '),
      );
      const modern = (at: number) => (list[at]?.[0].year ?? 0) > 1992;
      const read = await reader.values('leads.created_at', texts);
      expect(read.filter((_, at) => modern(at))).toEqual(shanghai.filter((_, at) => modern(at)));
    }),
    runs(15, 500),
  );
});

/** Hundredths, and how they are written: groups, decimals, sign, currency, digits. */
const cents = fc.bigInt({ min: -99_999_999_999_999n, max: 99_999_999_999_999n });
const groupings = { none: '', comma: ',', dot: '.', blank: ' ', apostrophe: "'", thin: '\u202f' } as const;
const signs = {
  minus: (text: string) => `-${text}`,
  brackets: (text: string) => `(${text})`,
  trailing: (text: string) => `${text}-`,
  typographic: (text: string) => `−${text}`,
} as const;
const currencies = {
  none: (text: string) => text,
  yuan: (text: string) => `${text}元`,
  '￥': (text: string) => `￥${text}`,
  '¥ ': (text: string) => `¥ ${text}`,
  euro: (text: string) => `${text} €`,
  CNY: (text: string) => `CNY ${text}`,
} as const;

const notations = fc
  .record({
    grouping: fc.constantFrom(...(Object.keys(groupings) as (keyof typeof groupings)[])),
    decimal: fc.constantFrom('.', ','),
    sign: fc.constantFrom(...(Object.keys(signs) as (keyof typeof signs)[])),
    currency: fc.constantFrom(...(Object.keys(currencies) as (keyof typeof currencies)[])),
    wide: fc.boolean(),
  })
  .filter(({ grouping, decimal }) => groupings[grouping] !== decimal);

test('any amount in any notation is read to the cent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(cents, { minLength: 1, maxLength: 25 }), notations, async (list, notation) => {
      const texts = list.map((amount) => {
        const size = amount < 0n ? -amount : amount;
        const whole = String(size / 100n).replace(/\B(?=(\d{3})+$)/g, groupings[notation.grouping]);
        const text = currencies[notation.currency](`${whole}${notation.decimal}${two(Number(size % 100n))}`);
        const signed = amount < 0n ? signs[notation.sign](text) : text;
        return notation.wide
          ? signed.replace(/[0-9.,()]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
          : signed;
      });
      const exact = list.map((amount) => {
        const size = amount < 0n ? -amount : amount;
        return `${amount < 0n ? '-' : ''}${size / 100n}.${two(Number(size % 100n))}`;
      });
      expect(await reader.values('orders.amount', texts)).toEqual(exact);
    }),
    runs(35, 1500),
  );
});
