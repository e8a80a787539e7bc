import { Refusal } from '#lib/errors/refusal.ts';
import { behindList } from './json-envelope.ts';
import type { Envelope, EnvelopeFault } from './json-envelope.ts';
import type { JsonShape } from './json-shape.ts';
import { isBlank, sign, valueEnd } from './json-values.ts';
import type { Desk } from './watch.ts';

/**
 * The texts of the records of a JSON file, one after the other, without holding more than one of them and a piece of the
 * file. One record a line: every line that is not empty, whatever stands on it. Else every value of the list, and of lists
 * that follow it. Throws Refusal bad_json where the list has no end or something else stands behind it,
 * several_json_lists where its envelope has a further one, record_with_list where that is a record itself, record_too_long.
 */
export async function* textsOf(
  chunks: AsyncIterable<Buffer>,
  shape: JsonShape,
  desk: Pick<Desk, 'name' | 'limits'>,
): AsyncGenerator<string> {
  const next = shape.format === 'ndjson' ? lines() : values(shape.envelope);
  let carry: Buffer = Buffer.alloc(0);
  let skip = shape.from;
  let row = 0;
  for await (const chunk of chunks) {
    const fresh = chunk.subarray(Math.min(skip, chunk.length));
    skip -= chunk.length - fresh.length;
    const bytes = Buffer.concat([carry, fresh]);
    const { texts, used, fault } = next(bytes, false);
    row += texts.length;
    yield* texts;
    stop(fault);
    carry = bytes.subarray(used);
    if (carry.length > desk.limits.record)
      throw new Refusal('record_too_long', { file: desk.name, row: row + 1 });
  }
  const { texts, fault } = next(carry, true);
  row += texts.length;
  yield* texts;
  stop(fault);

  function stop(fault: EnvelopeFault | null): void {
    if (fault === null) return;
    const file = desk.name;
    const list = shape.envelope?.list ?? '';
    if (fault === 'broken') throw new Refusal('bad_json', { file, row: row + 1 });
    if ('list' in fault) throw new Refusal('several_json_lists', { file, parts: `${list}, ${fault.list}` });
    const names = fault.fields.slice(0, SHOWN).join(', ');
    throw new Refusal('record_with_list', { file, list, names });
  }
}

/** How many names of a record are told. */
const SHOWN = 5;

type Found = { texts: string[]; used: number; fault: EnvelopeFault | null };

function lines(): (bytes: Buffer, last: boolean) => Found {
  return (bytes, last) => {
    const texts: string[] = [];
    let used = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, used)) {
      texts.push(bytes.toString('utf8', used, end));
      used = end + 1;
    }
    if (last) texts.push(bytes.toString('utf8', used));
    return { texts: texts.filter((text) => text.trim() !== ''), used, fault: null };
  };
}

/** The values within lists that follow each other, or values one after the other where no list begins. */
function values(envelope: Envelope | null): (bytes: Buffer, last: boolean) => Found {
  const behind = envelope === null ? null : behindList(envelope);
  let place: 'start' | 'loose' | 'list' | 'behind' = 'start';

  function placeAt(byte: number | undefined): typeof place {
    if (place === 'list') return byte === sign.end ? 'behind' : 'list';
    if (byte === sign.begin && place !== 'loose') return 'list';
    return place === 'start' ? 'loose' : place;
  }

  return (bytes, last) => {
    const texts: string[] = [];
    let used = 0;
    for (;;) {
      if (place === 'behind' && behind !== null) {
        const fault = behind.read(bytes.subarray(used));
        return { texts, used: bytes.length, fault: fault ?? (last && !behind.isClosed() ? 'broken' : null) };
      }
      while (used < bytes.length && (isBlank(bytes[used] ?? 0) || bytes[used] === sign.comma)) used += 1;
      if (used === bytes.length) return { texts, used, fault: last && place === 'list' ? 'broken' : null };
      const before = place;
      place = placeAt(bytes[used]);
      if (place !== before && place !== 'loose') {
        used += 1;
        continue;
      }
      const end = place === 'behind' ? used : valueEnd(bytes, used);
      if (end === used) return { texts, used, fault: 'broken' };
      if (end === null) return { texts, used, fault: last ? 'broken' : null };
      texts.push(bytes.toString('utf8', used, end));
      used = end;
    }
  };
}
