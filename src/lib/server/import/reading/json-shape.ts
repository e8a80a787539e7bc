import { behindList, meaningOf } from './json-envelope.ts';
import type { Envelope } from './json-envelope.ts';
import { fieldsOfJson } from './json-record.ts';
import { isBlank, nameOf, sign, stringEnd, valueEnd } from './json-values.ts';

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
 * objects only. Null where there is none, and where the object itself is a record that has a list.
 */
function listIn(bytes: Buffer, from: number): { from: number; envelope: Envelope } | null {
  const around: string[][] = [];
  let name = '';
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === sign.quote) {
      const end = stringEnd(bytes, at + 1);
      name = nameOf(bytes.toString('utf8', at + 1, end));
      at = end;
    } else if (byte === sign.colon) around.at(-1)?.push(name);
    else if (byte === sign.open) {
      around.at(-1)?.pop();
      around.push([]);
    } else if (byte === sign.close) around.pop();
    else if (byte === sign.begin) {
      const next = bytes.findIndex((one, place) => place > at && !isBlank(one));
      const end = valueEnd(bytes, at);
      around.at(-1)?.pop();
      if (bytes[next] !== sign.open) {
        if (end === null) return null;
        at = end - 1;
        continue;
      }
      const envelope = { list: name, around, first: namesIn(bytes, next) };
      return isRecord(bytes, end, envelope) ? null : { from: at, envelope };
    }
    if (around.length === 0) return null;
  }
  return null;
}

function namesIn(bytes: Buffer, from: number): string[] {
  const end = valueEnd(bytes, from);
  return end === null ? [] : [...(fieldsOfJson(bytes.toString('utf8', from, end))?.keys() ?? [])];
}

/** Whether an object around a list is a record itself, by its names before the list and behind its `end` as far as is seen. */
function isRecord(bytes: Buffer, end: number | null, envelope: Envelope): boolean {
  if (envelope.around.length > 1) return false;
  const behind = behindList(envelope);
  if (end !== null) behind.read(bytes.subarray(end));
  return meaningOf(behind.around()[0] ?? [], envelope.first) === 'record';
}
