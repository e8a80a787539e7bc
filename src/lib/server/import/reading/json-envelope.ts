import { hasKey, knownHeaders } from '#lib/exports/known-headers.ts';
import { isBlank, nameOf, sign } from './json-values.ts';

/**
 * Where a list lies: the name that it has there, the names of plain values in the objects that stand open around it, from
 * the outermost on, as far as they are known, and the names in its first record.
 */
export type Envelope = { list: string; around: readonly (readonly string[])[]; first: readonly string[] };

/** Why a list may not be taken out of its envelope; `fields` are what makes an object around it look like a record. */
export type EnvelopeFault = 'broken' | { list: string } | { fields: readonly string[] };

/**
 * Reads what stands behind a list in its envelope, piece by piece: `read` tells where the envelope does not end as JSON
 * does or something stands behind it, where there is a further list of objects, and where an object around the list turns
 * out to be a record itself; `isClosed` tells whether it has ended, `around` all names in the objects around the list.
 */
export type Behind = {
  read: (bytes: Buffer) => EnvelopeFault | null;
  isClosed: () => boolean;
  around: () => readonly (readonly string[])[];
};

/** What is meant by an object with a list in it: the list, the object as a record, or nobody can tell. */
export type Meaning = 'list' | 'record' | 'unclear';

/**
 * Tells it by the names in the object and in the list's first record: whichever has the number of a record, else whichever
 * has more of the columns that lists have.
 */
export function meaningOf(names: readonly string[], first: readonly string[]): Meaning {
  const [isRecord, isList] = [hasKey(names), hasKey(first)];
  if (isRecord) return isList ? 'unclear' : 'record';
  const known = knownHeaders(names);
  return !isList && known > 1 && known >= knownHeaders(first) ? 'record' : 'list';
}

const LONGEST_NAME = 500;

/** What stands behind a list in its envelope. */
export function behindList({ around, first }: Envelope): Behind {
  const open = around.map((names) => [...names]);
  const whole: (readonly string[])[] = [...open];
  let own = open.length;
  let inside = 0;
  let begins = false;
  let string: 'none' | 'within' | 'escaped' = 'none';
  let name: number[] = [];

  function step(byte: number): EnvelopeFault | null {
    if (string !== 'none') {
      if (string === 'within' && byte === sign.quote) string = 'none';
      else {
        string = string === 'within' && byte === sign.slash ? 'escaped' : 'within';
        if (name.length < LONGEST_NAME) name.push(byte);
      }
      return null;
    }
    if (isBlank(byte)) return null;
    if (open.length === 0) return 'broken';
    if (begins && byte === sign.open) return { list: nameIn(name) };
    begins = byte === sign.begin && inside === 0;
    if (byte === sign.quote) {
      string = 'within';
      if (inside === 0) name = [];
    } else if (byte === sign.colon && inside === 0) open.at(-1)?.push(nameIn(name));
    else if (byte === sign.begin || byte === sign.open) opened(byte);
    else if (byte === sign.close || byte === sign.end) {
      if (inside > 0) inside -= 1;
      else if (byte === sign.close) return closed();
      else return 'broken';
    }
    return null;
  }

  function opened(byte: number): void {
    if (inside === 0) open.at(-1)?.pop();
    if (inside === 0 && byte === sign.open) open.push([]);
    else inside += 1;
  }

  function closed(): EnvelopeFault | null {
    const names = open.pop() ?? [];
    if (open.length >= own) return null;
    own = open.length;
    return meaningOf(names, first) === 'list' ? null : { fields: names };
  }

  return {
    read: (bytes) => {
      for (const byte of bytes) {
        const fault = step(byte);
        if (fault !== null) return fault;
      }
      return null;
    },
    isClosed: () => open.length === 0,
    around: () => whole,
  };
}

const nameIn = (bytes: readonly number[]): string => nameOf(Buffer.from(bytes).toString());
