import { knownHeaders } from '#lib/exports/recognise.ts';
import type { Envelope } from './json-envelope.ts';
import { isBlank, sign, stringEnd, valueEnd } from './json-values.ts';

/**
 * How records lie in a JSON text: one a line, or one after the other in what begins at the byte `from`, which is a list in
 * an `envelope` where that is not null.
 */
export type JsonShape = { format: 'json' | 'ndjson'; from: number; envelope: Envelope | null };

/** The first bytes of a text as JSON with records in it; null where they are something else. */
export function jsonShapeOf(start: Buffer): JsonShape | null {
  const from = start.findIndex((byte) => !isBlank(byte));
  const second = start.subarray(from + 1).find((byte) => !isBlank(byte));
  if (start[from] === sign.begin)
    return second === undefined || [sign.open, sign.begin, sign.end].some((one) => one === second)
      ? { format: 'json', from, envelope: null }
      : null;
  if (start[from] !== sign.open || (second !== sign.quote && second !== sign.close)) return null;
  const end = valueEnd(start, from);
  const isOneOfMany = end !== null && start.subarray(end).some((byte) => !isBlank(byte));
  if (!isOneOfMany) return { format: 'json', ...(listIn(start, from) ?? { from, envelope: null }) };
  const isOnOneLine = end <= lineEnd(start, from);
  return { format: isOnOneLine ? 'ndjson' : 'json', from, envelope: null };
}

function lineEnd(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(10, from);
  return end === -1 ? bytes.length : end;
}

/**
 * Where the list begins in an envelope such as `{"code": 0, "data": {"rows": [{…`: the first list of objects that lies in
 * objects only. Null where the object itself looks like a record.
 */
function listIn(bytes: Buffer, from: number): { from: number; envelope: Envelope } | null {
  const keys: string[] = [];
  let list = '';
  let depth = 0;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === sign.quote) {
      const end = stringEnd(bytes, at + 1);
      list = bytes.toString('utf8', at + 1, end);
      if (depth === 1) keys.push(list);
      at = end;
    } else if (byte === sign.open) depth += 1;
    else if (byte === sign.close) depth -= 1;
    else if (byte === sign.begin) {
      const next = bytes.subarray(at + 1).find((one) => !isBlank(one));
      return next === sign.open && knownHeaders(keys) < 2 ? { from: at, envelope: { depth, list } } : null;
    }
    if (depth === 0) return null;
  }
  return null;
}
