import type { Encoding } from '#lib/exports/reading.ts';

/** Text in an encoding, as the programs of shop owners write it. Throws for characters it has none for. */
export function encoded(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  if (encoding === 'latin1') return Buffer.from(text, 'latin1');
  const table = tableOf(encoding);
  return Buffer.concat(
    [...text].map((character) => {
      const bytes = character < '\x80' ? Buffer.from(character) : table.get(character);
      if (bytes === undefined) throw new Error(`${encoding} has no ${character}`);
      return bytes;
    }),
  );
}

/** Whether an encoding has all characters of a text. */
export function isWritable(text: string, encoding: Encoding): boolean {
  if (encoding === 'latin1')
    return [...text].every((one) => one < '\x80' || (one >= '\xa0' && one <= '\xff'));
  if (encoding.startsWith('utf')) return true;
  const table = tableOf(encoding);
  return [...text].every((character) => character < '\x80' || table.has(character));
}

const tables = new Map<Encoding, Map<string, Buffer>>();

/** The bytes of each character, by decoding all pairs of bytes once. */
function tableOf(encoding: Encoding): Map<string, Buffer> {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(encoding, { fatal: true });
  const table = new Map<string, Buffer>();
  const add = (bytes: number[]) => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      if ([...character].length === 1 && !table.has(character)) table.set(character, Buffer.from(bytes));
    } catch {
      // these bytes are no character
    }
  };
  const highs = Array.from({ length: 128 }, (_, at) => at + 128);
  for (const lead of highs) {
    add([lead]);
    if (encoding !== 'windows-1252') for (let trail = 0x40; trail < 0xff; trail += 1) add([lead, trail]);
  }
  tables.set(encoding, table);
  return table;
}
