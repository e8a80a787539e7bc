import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { planOfItself } from '#lib/exports/lists-of.ts';
import { proposalFor } from '#lib/exports/proposal.ts';

const known = { stores: new Set<string>(), staff: new Set<string>() };
const seen = (headers: string[], ...sample: string[][]) => ({ file: 'list.csv', headers, sample, known });
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'taken';
};

describe('a list that mentions customers is no list of customers', () => {
  const till = [
    ['R-1', '01.09.2026', '2', '99.90', '199.80', 'C1', 'Main St', 'ok'],
    ['R-1', '01.09.2026', '1', '49.50', '49.50', 'C1', 'Main St', 'ok'],
    ['R-2', '02.09.2026', '1', '99.90', '99.90', 'C2', 'Main St', 'cancelled'],
    ['R-3', '03.09.2026', '1', '99.90', '99.90', 'C1', 'Main St', 'ok'],
  ];
  const headers = ['Receipt No', 'Date', 'Qty', 'Unit price', 'Line total', 'Customer no', 'Store', 'Status'];

  it('but the lines of a till are orders', () => {
    expect(planOfItself(seen(headers, ...till)).lists).toEqual([
      {
        table: 'orders',
        columns: { order_id: 0, ordered_at: 1, amount: 4, customer_id: 5, store: 6, status: 7 },
      },
    ]);
  });

  it('where nothing but their number is known of them', () => {
    const lists = seen(['Bon', 'Wann', 'Customer no'], ['1', 'x', 'C1'], ['2', 'y', 'C2'], ['3', 'z', 'C3']);
    expect(codeOf(() => planOfItself(lists))).not.toBe('taken');
    expect(proposalFor(lists).lists.map(({ table }) => table)).not.toContain('customers');
  });

  it('where they come again and again, with their name and telephone', () => {
    const again = seen(
      ['Bon', 'Customer no', 'Customer name', 'Phone'],
      ['1', 'C1', 'Ann', '13800000001'],
      ['2', 'C1', 'Ann', '13800000001'],
      ['3', 'C2', 'Bea', '13800000002'],
    );
    expect(codeOf(() => planOfItself(again))).not.toBe('taken');
  });

  it('but a list in which each stands once is', () => {
    const once = seen(['Customer no', 'Name', 'Colour'], ['C1', 'Ann', 'red'], ['C2', 'Bea', 'blue']);
    expect(planOfItself(once).lists).toEqual([{ table: 'customers', columns: { customer_id: 0, name: 1 } }]);
    expect(planOfItself(seen(['工号'], ['1'], ['2'])).lists).toEqual([
      { table: 'staff', columns: { staff_id: 0 } },
    ]);
  });
});

describe('the states of orders', () => {
  it('are known as tills and shop software write them', () => {
    const headers = ['单号', '下单日期', '金额', '备'];
    const shop = [
      ['1', '2026-01-02', '9', '待发货'],
      ['2', '2026-01-02', '9', '交易关闭'],
      ['3', '2026-01-02', '9', '已退款'],
    ];
    expect(planOfItself(seen(headers, ...shop)).lists[0]?.columns).toMatchObject({ status: 3 });
    const till = shop.map(([id = '', day = ''], at) => [id, day, '9', ['OK', 'paid', 'Voided'][at] ?? '']);
    expect(planOfItself(seen(headers, ...till)).lists[0]?.columns).toMatchObject({ status: 3 });
  });
});

describe('bills of payment services are payments', () => {
  it('of WeChat, of which only what came in counts', () => {
    const bill = seen(
      ['交易时间', '交易类型', '商品', '收/支', '金额(元)', '交易单号', '商户单号'],
      ['2026-09-01 10:00:00', '商户消费', '定金', '收入', '¥1000.00', '10001', 'D1'],
      ['2026-09-01 11:00:00', '转账', '房租', '支出', '¥5000.00', '10002', '/'],
    );
    expect(planOfItself(bill).lists).toEqual([
      {
        table: 'payments',
        columns: { payment_id: 5, paid_at: 0, amount: 4, order_id: 6 },
        only: [{ column: 3, is: '=', value: '收入' }],
      },
    ]);
  });

  it('of Alipay, whose 类型 is not what a payment is for', () => {
    const headers = ['交易号', '商家订单号', '付款时间', '类型', '金额（元）', '收/支'];
    const bill = seen(headers, ['1', 'D1', '2026-09-01 10:00', '即时到账交易', '900.00', '收入']);
    expect(planOfItself(bill).lists).toEqual([
      {
        table: 'payments',
        columns: { payment_id: 0, paid_at: 2, amount: 4, order_id: 1 },
        only: [{ column: 5, is: '=', value: '收入' }],
      },
    ]);
  });

  it('and 类型 is what they are for where one of them says so', () => {
    const headers = ['交易号', '付款时间', '类型', '金额'];
    const own = seen(headers, ['1', '2026-09-01', '退款', '9'], ['2', '2026-09-01', '其他', '9']);
    expect(planOfItself(own).lists[0]?.columns).toMatchObject({ kind: 2 });
  });
});

describe('fields inside a record are known by the end of their path', () => {
  const columns = (...headers: string[]) => {
    const [list] = proposalFor(seen(headers)).lists;
    return Object.fromEntries(
      Object.entries(list?.columns ?? {}).map(([field, column]) => [field, headers[column]]),
    );
  };

  it('as a CRM gives a lead', () => {
    expect(
      columns(
        'id',
        'lead_id',
        'created_at',
        'source.channel',
        'source.campaign.id',
        'contact.name',
        'owner.id',
      ),
    ).toEqual({
      lead_id: 'lead_id',
      created_at: 'created_at',
      channel: 'source.channel',
      campaign_id: 'source.campaign.id',
      customer_name: 'contact.name',
      staff_id: 'owner.id',
    });
  });

  it('whatever stands around all of them', () => {
    expect(columns('id', 'fields.客资编号', 'fields.录入时间', 'fields.渠道')).toEqual({
      lead_id: 'fields.客资编号',
      created_at: 'fields.录入时间',
      channel: 'fields.渠道',
    });
  });

  it('but a name, a number or a state says nothing without whose it is, and of two telephones nobody knows which', () => {
    expect(
      columns('lead_id', 'created_at', 'manager.name', 'parent.id', 'a.status', 'bride.phone', 'groom.phone'),
    ).toEqual({ lead_id: 'lead_id', created_at: 'created_at' });
  });

  it('and a field that stands by itself is not taken from inside another', () => {
    expect(columns('lead_id', 'created_at', 'channel', 'last.channel')).toEqual({
      lead_id: 'lead_id',
      created_at: 'created_at',
      channel: 'channel',
    });
  });
});
