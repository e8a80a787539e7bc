import { isBlank, sign } from './json-values.ts';

/** Where a list lies: how many objects stand open around it, and the name that it has there. */
export type Envelope = { depth: number; list: string };

/**
 * Reads what stands behind a list in its envelope, piece by piece: `read` gives `broken` where the envelope does not end as
 * JSON does or something stands behind it, or the name of a further list of objects; `isClosed` tells whether it has ended.
 */
export type Behind = {
  read: (bytes: Buffer) => 'broken' | { list: string } | null;
  isClosed: () => boolean;
};

const LONGEST_NAME = 100;

/** What stands behind a list that lies in `depth` objects. */
export function behindList(depth: number): Behind {
  let open = depth;
  let inside = 0;
  let begins = false;
  let string: 'none' | 'within' | 'escaped' = 'none';
  let name: number[] = [];

  function step(byte: number): 'broken' | 'list' | null {
    if (string !== 'none') {
      if (string === 'within' && byte === sign.quote) string = 'none';
      else {
        string = string === 'within' && byte === sign.slash ? 'escaped' : 'within';
        if (name.length < LONGEST_NAME) name.push(byte);
      }
      return null;
    }
    if (isBlank(byte)) return null;
    if (open === 0) return 'broken';
    if (begins && byte === sign.open) return 'list';
    begins = byte === sign.begin && inside === 0;
    if (byte === sign.quote) {
      string = 'within';
      if (inside === 0) name = [];
    } else if (byte === sign.begin || (byte === sign.open && inside > 0)) inside += 1;
    else if (byte === sign.open) open += 1;
    else if (byte === sign.close || byte === sign.end) {
      if (inside > 0) inside -= 1;
      else if (byte === sign.close) open -= 1;
      else return 'broken';
    }
    return null;
  }

  return {
    read: (bytes) => {
      for (const byte of bytes) {
        const found = step(byte);
        if (found !== null) return found === 'list' ? { list: Buffer.from(name).toString() } : found;
      }
      return null;
    },
    isClosed: () => open === 0,
  };
}
