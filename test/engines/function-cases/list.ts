import type { FunctionCase } from './case.ts';

/** Functions of lists and attributes. */
export const listCases: readonly FunctionCase[] = [
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
    name: 'object_of',
    call: 'object_of(t.a)',
    inputs: ['varchar'],
    gives: 'varchar',
    rows: [
      ['{"来源":"小红书"}', '{"来源":"小红书"}'],
      ['[1]', null],
      ['Safari', null],
      [null, null],
    ],
  },
  {
    name: 'json_items',
    call: "attribute(json_items(t.a)[2], 'b')",
    inputs: ['varchar'],
    gives: 'varchar',
    rows: [['[{"b":1},{"b":"二"}]', '二']],
  },
  {
    name: 'json_texts',
    call: 'json_texts(t.a)[2]',
    inputs: ['varchar'],
    gives: 'varchar',
    rows: [['["a","二\\"三"]', '二"三']],
  },
  {
    name: 'json_names',
    call: "is_in(json_names(t.a, 'kind'), t.b)",
    inputs: ['varchar', 'varchar'],
    gives: 'boolean',
    rows: [
      ['[{"kind":"lead"},{"kind":"进店"}]', '进店', true],
      ['[{"kind":null},{"no":1}]', 'lead', false],
    ],
  },
  {
    name: 'shown_segment',
    call: 'shown_segment($list::varchar[], t.a)',
    inputs: ['varchar'],
    gives: 'varchar',
    rows: [
      ['客资', '客资'],
      ["it's", "it's"],
      ['other', 'too_few'],
      [null, 'too_few'],
    ],
  },
  {
    name: 'fives',
    call: 'fives($list::varchar[], t.a)',
    inputs: ['bigint'],
    gives: 'bigint',
    rows: [
      [0, 0],
      [2, 0],
      [3, 5],
      [7, 5],
      [8, 10],
      [null, null],
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
];
