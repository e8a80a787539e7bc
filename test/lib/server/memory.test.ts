import { describe, expect, it } from 'vitest';
import { memoryShares } from '#lib/server/memory.ts';

describe('the memory that may be taken', () => {
  it('is shared out between the warehouse and the process that reads files', () => {
    expect(memoryShares({ SEVENSTEPS_MEMORY: '3GB' })).toEqual({
      warehouse: '1375MB',
      reader: '625MB',
      readerHeap: 450,
    });
    expect(memoryShares({ SEVENSTEPS_MEMORY: ' 600 mb ' })).toEqual({
      warehouse: '165MB',
      reader: '75MB',
      readerHeap: 192,
    });
  });

  it('leaves the reading process enough for an ordinary file, and never more than any file is worth', () => {
    expect(memoryShares({ SEVENSTEPS_MEMORY: '500MB' }).readerHeap).toBe(192);
    expect(memoryShares({ SEVENSTEPS_MEMORY: '64GB' }).readerHeap).toBe(2048);
  });

  it('is four fifths of the machine’s where nobody names it', () => {
    expect(memoryShares({}, 10e9)).toEqual({ warehouse: '4125MB', reader: '1875MB', readerHeap: 1200 });
  });

  it.each(['3', 'much', '100MB', '-3GB', '3GB;'])('cannot be %s', (value) => {
    expect(() => memoryShares({ SEVENSTEPS_MEMORY: value })).toThrow(
      expect.objectContaining({ code: 'bad_setting', params: expect.objectContaining({ value }) as object }),
    );
  });
});
