import { describe, expect, it } from 'vitest';
import { isPersonalHeader } from '#lib/exports/personal-header.ts';
import { fieldsOf, tableNames } from '#lib/exports/tables.ts';

describe('a header of an unknown column', () => {
  it.each([
    ...[
      '老公手机',
      '新郎電話',
      '微信昵称',
      'QQ',
      'qq号',
      '邮箱',
      '電子郵箱',
      '紧急联系人',
      '聯絡方式',
      '客户身份证号',
    ],
    ...[
      '身分證字號',
      '证件号',
      '收货地址',
      '现住址',
      '媽媽生日',
      '出生年月',
      '姓名2',
      '护照',
      '银行卡号',
      '车牌',
    ],
    ...[
      'E-Mail',
      'work_mail',
      'Contact person',
      'WeChat',
      'we chat id',
      'Cell phone',
      'mobile2',
      'Tel',
      'tel.',
      'LINE ID',
    ],
    ...['Date of birth', 'home address', 'Passport no', 'ＱＱ'],
  ])('is personal: %s', (header) => {
    expect(isPersonalHeader(header)).toBe(true);
  });

  it.each([
    '心情',
    '渠道明细',
    'hotel',
    'product line',
    '酒店',
    '拍摄风格',
    '客户等级',
    '预算',
    'mood',
    '備註',
  ])('is not: %s', (header) => {
    expect(isPersonalHeader(header)).toBe(false);
  });

  it('is personal wherever the contract says so of a list, in every language', () => {
    const personal = tableNames
      .flatMap((table) => fieldsOf(table))
      .filter((field) => field.personal)
      .flatMap(({ name, synonyms }) => [name, ...Object.values(synonyms).flat()]);
    expect(personal.filter((header) => !isPersonalHeader(header))).toEqual([]);
  });
});
