import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf } from '#lib/server/import/multipart.ts';

type Part = { name: string; file: string | null; text: string };

async function* inChunks(body: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < body.length; from += size) yield body.subarray(from, from + size);
}

async function partsOf(body: Uint8Array, type: string | null, size = 7): Promise<Part[]> {
  const parts: (Omit<Part, 'text'> & { bytes: Buffer[] })[] = [];
  for await (const piece of piecesOf(inChunks(body, size), type))
    if (piece.kind === 'part') parts.push({ name: piece.name, file: piece.file, bytes: [] });
    else parts.at(-1)?.bytes.push(Buffer.from(piece.bytes));
  return parts.map(({ bytes, ...part }) => ({ ...part, text: Buffer.concat(bytes).toString() }));
}

/** A body as the platform's own FormData writes it. */
async function written(parts: readonly Part[]): Promise<{ body: Uint8Array; type: string | null }> {
  const form = new FormData();
  for (const { name, file, text } of parts)
    if (file === null) form.append(name, text);
    else form.append(name, new File([text], file));
  const request = new Request('http://a.example', { method: 'POST', body: form });
  return { body: new Uint8Array(await request.arrayBuffer()), type: request.headers.get('content-type') };
}

describe('a form that arrives in pieces', () => {
  const text = fc
    .array(fc.constantFrom('--', '\r\n', '-', 'a', '客资', '"', '\r', '\n', ',1', ''), { maxLength: 30 })
    .map((pieces) => pieces.join(''));
  const part = fc.record({
    name: fc.constantFrom('files', 'plans', '名'),
    file: fc.constantFrom('a.csv', '客资.csv', 'say "hi".csv'),
    text,
  });

  it('gives every file as the platform wrote it, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 90 }),
        async (parts, size) => {
          const { body, type } = await written(parts);
          expect(await partsOf(body, type, size)).toEqual(parts);
        },
      ),
      { numRuns: 150, seed: 20260101 },
    );
  });

  it('gives plain fields without a file name', async () => {
    const { body, type } = await written([{ name: 'live', file: null, text: '1' }]);
    expect(await partsOf(body, type)).toEqual([{ name: 'live', file: null, text: '1' }]);
  });

  it.each([
    ['that ends before its last boundary', '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nbc', 'x'],
    ['without a boundary in it', 'plain text', 'x'],
    ['whose part has no name', '--x\r\ncontent-type: text/csv\r\n\r\nbc\r\n--x--\r\n', 'x'],
    ['with endless headers', `--x\r\n${'a'.repeat(20_000)}`, 'x'],
  ])('%s is broken', async (_, body, boundary) => {
    const type = `multipart/form-data; boundary=${boundary}`;
    await expect(partsOf(Buffer.from(body), type, 1000)).rejects.toMatchObject({ code: 'upload_broken' });
  });

  it.each([null, 'text/plain', 'multipart/form-data'])('of the type %s is broken', async (type) => {
    await expect(partsOf(Buffer.from('--x--\r\n'), type)).rejects.toMatchObject({ code: 'upload_broken' });
  });
});
