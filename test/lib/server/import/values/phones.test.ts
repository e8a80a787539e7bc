import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnReader } from './columns.ts';
import type { ColumnReader } from './columns.ts';

let reader: ColumnReader;
beforeAll(async () => {
  reader = await columnReader();
});
afterAll(() => reader.close());

describe('a phone number', () => {
  it.each([
    ['13800138000', '13800138000'],
    ['138 0013 8000', '13800138000'],
    ['138-0013-8000', '13800138000'],
    ['+86 138-0013-8000', '13800138000'],
    ['(+86)13800138000', '13800138000'],
    ['008613800138000', '13800138000'],
    ['8613800138000', '13800138000'],
    ['１３８００１３８０００', '13800138000'],
    ['手机：13800138000', '13800138000'],
    ['13800138000.0', '13800138000'],
    ['010-12345678', '01012345678'],
    ['+86 10 1234 5678', '01012345678'],
    ['0086-010-12345678', '01012345678'],
    ['010-12345678转801', '01012345678x801'],
    ['(010) 1234-5678 ext. 801', '01012345678x801'],
    ['01012345678x801', '01012345678x801'],
    ['0912-345-678', '0912345678'],
    ['+886 912 345 678', '+886912345678'],
    ['00886912345678', '+886912345678'],
    ['+1 (415) 555-0100', '+14155550100'],
  ])('%s is %s', async (text, value) => {
    expect(await reader.values('customers.phone', [text])).toEqual([value]);
  });

  it.each(['138****8000', '无', '13800138000/13900139000', '1.38001E+10', '110', 'a13800138000', '见备注 2'])(
    'stays as it is where it is none or more than one: %s',
    async (text) => {
      expect(await reader.values('customers.partner_phone', [text])).toEqual([text]);
    },
  );
});
