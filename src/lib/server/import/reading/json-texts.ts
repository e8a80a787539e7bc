import { Refusal } from '#lib/errors/refusal.ts';
import type { JsonShape } from './json-shape.ts';
import { isBlank, sign, valueEnd } from './json-values.ts';
import type { Desk } from './watch.ts';

/**
 * The texts of the records of a JSON file, one after the other, without holding more than one of them and a piece of the
 * file. One record a line: every line that is not empty, whatever stands on it. Else every value of the list; what stands
 * behind the list is left out. Throws Refusal bad_json where the list has no end, record_too_long.
 */
export async function* textsOf(
  chunks: AsyncIterable<Buffer>,
  shape: JsonShape,
  desk: Pick<Desk, 'name' | 'limits'>,
): AsyncGenerator<string> {
  const next = shape.format === 'ndjson' ? lines() : values();
  let carry: Buffer = Buffer.alloc(0);
  let skip = shape.from;
  let row = 0;
  for await (const chunk of chunks) {
    const fresh = chunk.subarray(Math.min(skip, chunk.length));
    skip -= chunk.length - fresh.length;
    const bytes = Buffer.concat([carry, fresh]);
    const { texts, used, over } = next(bytes, false);
    row += texts.length;
    yield* texts;
    if (over) return;
    carry = bytes.subarray(used);
    if (carry.length > desk.limits.record)
      throw new Refusal('record_too_long', { file: desk.name, row: row + 1 });
  }
  const { texts, over } = next(carry, true);
  yield* texts;
  if (!over) throw new Refusal('bad_json', { file: desk.name, row: row + texts.length + 1 });
}

type Found = { texts: string[]; used: number; over: boolean };

function lines(): (bytes: Buffer, last: boolean) => Found {
  return (bytes, last) => {
    const texts: string[] = [];
    let used = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, used)) {
      texts.push(bytes.toString('utf8', used, end));
      used = end + 1;
    }
    if (last) texts.push(bytes.toString('utf8', used));
    return { texts: texts.filter((text) => text.trim() !== ''), used, over: last };
  };
}

/** The values within the first list, or values one after the other where no list begins. */
function values(): (bytes: Buffer, last: boolean) => Found {
  let isList: boolean | null = null;
  return (bytes, last) => {
    const texts: string[] = [];
    let used = 0;
    for (;;) {
      while (used < bytes.length && (isBlank(bytes[used] ?? 0) || bytes[used] === sign.comma)) used += 1;
      if (used === bytes.length) return { texts, used, over: last && isList !== true };
      if (isList === null) {
        isList = bytes[used] === sign.begin;
        if (isList) used += 1;
        continue;
      }
      if (isList && bytes[used] === sign.end) return { texts, used, over: true };
      const end = valueEnd(bytes, used);
      if (end === null) return { texts, used, over: false };
      texts.push(bytes.toString('utf8', used, end));
      used = end;
    }
  };
}
