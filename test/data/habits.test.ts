import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleParameters } from '../../data/sample/generator/parameters.ts';
import { rowsOf, type Row } from './committed.ts';

const leads = rowsOf('leads');
const visits = rowsOf('visits');
const orders = rowsOf('orders');
const staff = new Map(rowsOf('staff').map((row) => [row['staff_id'], row]));

const dayNumber = (text: string): number => Date.parse(text.slice(0, 10)) / 86_400_000;
/** 0 Monday … 6 Sunday. */
const weekday = (text: string): number => (dayNumber(text) + 3) % 7;

const weekendShare = (rows: Row[], column: string): number =>
  rows.filter((row) => weekday(row[column]!) >= 5).length / rows.length;

describe('the sample studio lives by the calendar', () => {
  it('knows the days of 春节 that the calendar of movable days has', () => {
    const file = join(import.meta.dirname, '..', '..', 'data', 'playbooks', 'calendar-cn.json');
    const { festivals } = JSON.parse(readFileSync(file, 'utf8')) as {
      festivals: { key: string; dates: string[] }[];
    };
    const dates = festivals.find(({ key }) => key === 'spring_festival')?.dates ?? [];
    expect(sampleParameters.spring_festivals).toEqual(
      dates.filter((day) => day > sampleParameters.first_day && day < sampleParameters.last_day),
    );
  });

  it('is shut from the eve of 春节 to its fifth day, while people go on asking', () => {
    const holiday = (text: string) =>
      sampleParameters.spring_festivals.some((festival) => {
        const distance = dayNumber(text) - dayNumber(festival);
        return distance >= -1 && distance <= 4;
      });
    expect(visits.filter((row) => holiday(row['visited_at']!))).toEqual([]);
    expect(orders.filter((row) => holiday(row['ordered_at']!))).toEqual([]);
    expect(leads.filter((row) => holiday(row['created_at']!)).length).toBeGreaterThan(50);
  });

  it.each(['consult', 'shoot', 'viewing', 'pickup'])(
    'is visited more at weekends than two days of seven: %s',
    (purpose) => {
      const share = weekendShare(
        visits.filter((row) => row['purpose'] === purpose),
        'visited_at',
      );
      expect(share).toBeGreaterThan(0.34);
      expect(share).toBeLessThan(0.6);
    },
  );

  it('opens at nine and has let the last guest in by nine in the evening', () => {
    const hours = visits.map((row) => Number(row['visited_at']!.slice(11, 13)));
    expect(Math.min(...hours)).toBe(9);
    expect(Math.max(...hours)).toBeLessThan(21);
  });

  it('is served by people who work there that day', () => {
    const absent = (rows: Row[], column: string) =>
      rows.filter((row) => {
        const { hired_on: from = '', left_on: to = '' } = staff.get(row['staff_id']!) ?? {};
        const day = row[column]!.slice(0, 10);
        return day < from || (to !== '' && day > to);
      });
    expect(absent(leads, 'created_at')).toEqual([]);
    expect(absent(visits, 'visited_at')).toEqual([]);
    expect(absent(orders, 'ordered_at')).toEqual([]);
  });

  it('has one list price per package, and nobody pays more', () => {
    const prices = new Map<string, Set<string>>();
    for (const row of orders)
      prices.set(row['package']!, (prices.get(row['package']!) ?? new Set()).add(row['list_price']!));
    expect([...prices.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1, 1]);
    expect(orders.filter((row) => Number(row['amount']) > Number(row['list_price']))).toEqual([]);
  });

  it('names only telephone numbers that cannot exist: none begins as a mobile number in China', () => {
    const phones = [
      ...leads.map((row) => row['phone']!),
      ...rowsOf('customers').flatMap((row) => [row['phone']!, row['partner_phone']!]),
    ];
    expect(phones.filter((phone) => phone !== '' && !/^100\d{8}$/.test(phone))).toEqual([]);
  });
});
