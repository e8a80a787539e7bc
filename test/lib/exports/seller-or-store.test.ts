import { describe, expect, it } from 'vitest';
import { isSellerOrStore, sellerOrStore } from '#lib/exports/seller-or-store.ts';

const known = { stores: new Set(['江北', '高新']), staff: new Set(['E07', '乐乐']) };
const nobody = { stores: new Set<string>(), staff: new Set<string>() };

describe('a column 门市', () => {
  it.each(['门市', '門市', ' 门市（必填）'])('is asked about: “%s”', (header) => {
    expect(isSellerOrStore(header)).toBe(true);
  });

  it.each(['门店', '店别', '分店', '門市人員'])('is told from %s', (header) => {
    expect(isSellerOrStore(header)).toBe(false);
  });

  it('is the saleswoman when its values look like people', () => {
    expect(sellerOrStore(['王小丽', '张伟', '欧阳静', '小芳', '李姐', ''], nobody)).toBe('staff_id');
  });

  it('is the saleswoman when its values stand among the staff', () => {
    expect(sellerOrStore(['E07', '乐乐'], known)).toBe('staff_id');
    expect(sellerOrStore(['E07', '乐乐'], nobody)).toBeNull();
  });

  it('is the store when its values are known stores or end in 店', () => {
    expect(sellerOrStore(['江北', '高新'], known)).toBe('store');
    expect(sellerOrStore(['中山店', '西湖店', '西湖店'], nobody)).toBe('store');
  });

  it('is not decided where the values say both or nothing', () => {
    expect(sellerOrStore(['中山店', '王小丽'], nobody)).toBeNull();
    expect(sellerOrStore(['江北', '高新', '西湖'], nobody)).toBeNull();
    expect(sellerOrStore(['', ' '], nobody)).toBeNull();
  });
});
