import { describe, expect, it } from 'vitest';
import {
  ASK,
  fieldOptions,
  isReady,
  KEPT,
  missingFields,
  openDraft,
  planOf,
  withColumn,
  withTable,
} from '../../../src/routes/data/drafts.ts';

const none = new Set<string>();
const file = (text: string | Uint8Array<ArrayBuffer>) => new File([text], 'list.csv');
const opened = (text: string | Uint8Array<ArrayBuffer>, stores: ReadonlySet<string> = none) =>
  openDraft('1', file(text), stores);

describe('a file that was dropped', () => {
  it('is ready when its headers say everything', async () => {
    const draft = await opened('客资编号,录入时间,渠道,备注\nL1,2026-01-01,抖音,x\n');
    expect(draft).toMatchObject({ table: 'leads', taken: ['lead_id', 'created_at', 'channel', KEPT] });
    expect(isReady(draft)).toBe(true);
    expect(planOf(draft)).toEqual({
      lists: [{ table: 'leads', columns: { lead_id: 0, created_at: 1, channel: 2 } }],
    });
  });

  it('waits for the columns that are required', async () => {
    const draft = withTable(await opened('编码,进来,渠道\nL1,2026-01-01,抖音\n'), 'leads', none);
    expect(missingFields(draft)).toEqual(['lead_id', 'created_at']);
    expect(isReady(draft)).toBe(false);
    const mended = withColumn(withColumn(draft, 0, 'lead_id'), 1, 'created_at');
    expect(missingFields(mended)).toEqual([]);
    expect(isReady(mended)).toBe(true);
  });

  it('waits for somebody to say which list it is', async () => {
    const draft = await opened('colour,size\nred,XL\n');
    expect(draft).toMatchObject({ table: null, taken: [KEPT, KEPT] });
    expect(isReady(draft)).toBe(false);
    expect(planOf(draft)).toBeNull();
    expect(withTable(withTable(draft, 'leads', none), null, none).table).toBeNull();
  });

  it('waits for an answer where 门市 may be both, and knows a store that is there already', async () => {
    const text = '客资编号,录入时间,门市\nL1,2026-01-01,North\n';
    const draft = await opened(text);
    expect(draft.taken[2]).toBe(ASK);
    expect(isReady(draft)).toBe(false);
    expect(isReady(withColumn(draft, 2, KEPT))).toBe(true);
    expect((await opened(text, new Set(['North']))).taken[2]).toBe('store');
  });

  it('has one column for a field: the one chosen last', async () => {
    const draft = await opened('lead_id,created_at,channel,source\nL1,2026-01-01,a,b\n');
    expect(draft.rivals).toEqual([null, null, null, 'channel']);
    expect(withColumn(draft, 3, 'channel').taken).toEqual(['lead_id', 'created_at', KEPT, 'channel']);
  });

  it.each([
    ['', 'empty_file', 0],
    ['lead_id,created_at\n', 'header_only', 0],
    [new Uint8Array([0x61, 0x0a, 0xff, 0x0a]), 'not_utf8', 2],
    [new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x00, 0x00]), 'not_utf8', 1],
  ])('that cannot be read (%j) says why: %s', async (content, code, row) => {
    const draft = await opened(content);
    expect(draft.bad).toEqual({ code, row });
    expect(isReady(draft)).toBe(false);
  });
});

it('fields are offered under their first header in the reader’s language', () => {
  expect(fieldOptions('zh-Hans', 'leads')[0]).toEqual({ name: 'lead_id', label: '客资编号', required: true });
  expect(fieldOptions('en', 'leads')[0]?.label).toBe('lead id');
});
