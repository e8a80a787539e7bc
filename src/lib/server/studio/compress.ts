import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const PACK = {
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes),
} as const;

type Coding = keyof typeof PACK;

/** Less than this fits into one packet as it is. */
const SMALL_BYTES = 1400;

const TEXTS = /^(image\/svg\+xml|text\/(html|csv|plain)|application\/json)\b/;

/** The same answer, packed as the client's Accept-Encoding allows. Only whole texts are packed: pages, JSON, CSV. */
export async function compressed(wishes: string | null, response: Response): Promise<Response> {
  const { headers, status, statusText } = response;
  if (!response.body || headers.has('content-encoding') || !TEXTS.test(headers.get('content-type') ?? ''))
    return response;
  const packed = new Headers(headers);
  packed.append('vary', 'accept-encoding');
  const bytes = new Uint8Array(await response.arrayBuffer());
  const coding = bytes.length < SMALL_BYTES ? undefined : codingFor(wishes);
  const body = coding === undefined ? bytes : await PACK[coding](bytes);
  if (coding !== undefined) packed.set('content-encoding', coding);
  packed.set('content-length', String(body.length));
  return new Response(body as Uint8Array<ArrayBuffer>, { status, statusText, headers: packed });
}

/** The best coding that an Accept-Encoding header allows; a weight of 0 forbids one. */
export function codingFor(wishes: string | null): Coding | undefined {
  const allowed = (wishes ?? '')
    .split(',')
    .map((wish) => wish.trim().toLowerCase())
    .filter((wish) => !/;\s*q=0(\.0*)?$/.test(wish))
    .map((wish) => wish.replace(/;.*$/, '').trim());
  return (['br', 'gzip'] as const).find((coding) => allowed.includes(coding));
}
