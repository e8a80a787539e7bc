import { Refusal } from '#lib/errors/refusal.ts';

/** What a multipart body holds, in order: the beginning of a part, then its bytes. `file` is null for plain fields. */
export type Piece = { kind: 'part'; name: string; file: string | null } | { kind: 'bytes'; bytes: Buffer };

/** Headers of one part; more than this is no form of ours. */
const LONGEST_HEADERS = 16 << 10;
const LINE = Buffer.from('\r\n');
const HEADERS_END = Buffer.from('\r\n\r\n');

/**
 * Divides a multipart/form-data body (RFC 7578) while it arrives; never holds more than a chunk of it.
 * Throws Refusal upload_broken where the body is no such form or ends before its last boundary.
 */
export async function* piecesOf(
  body: AsyncIterable<Uint8Array>,
  contentType: string | null,
): AsyncGenerator<Piece> {
  const boundary = Buffer.from(`\r\n--${boundaryIn(contentType)}`);
  let held: Buffer = LINE;
  let state: 'preamble' | 'headers' | 'bytes' | 'end' = 'preamble';
  for await (const chunk of body) {
    if (state === 'end') continue;
    held = Buffer.concat([held, chunk]);
    for (;;) {
      if (state === 'headers') {
        const end = held.indexOf(HEADERS_END);
        if (end === -1 && held.length > LONGEST_HEADERS) throw broken();
        if (end === -1) break;
        yield partOf(held.subarray(0, end).toString('utf8'));
        held = held.subarray(end + HEADERS_END.length);
        state = 'bytes';
      }
      const found = held.indexOf(boundary);
      const sure = found === -1 ? Math.max(held.length - boundary.length + 1, 0) : found;
      if (state === 'bytes' && sure > 0) yield { kind: 'bytes', bytes: held.subarray(0, sure) };
      held = held.subarray(sure);
      // two more bytes tell whether another part follows
      if (found === -1 || held.length < boundary.length + 2) break;
      const after = held.subarray(boundary.length, boundary.length + 2);
      held = held.subarray(boundary.length);
      state = after.toString('latin1') === '--' ? 'end' : 'headers';
      if (state === 'end') break;
    }
  }
  if (state !== 'end') throw broken();
}

const broken = () => new Refusal('upload_broken', {});

function boundaryIn(contentType: string | null): string {
  const [, quoted, plain] =
    /^multipart\/form-data\s*;.*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType ?? '') ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw broken();
  return boundary;
}

/** Browsers write quotation marks and line ends in names as %22, %0D, %0A and everything else as it is. */
function partOf(headers: string): Piece {
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(headers)?.[1] ?? '';
  const value = (key: string) => new RegExp(`(?:^|[;\\s])${key}="([^"]*)"`, 'i').exec(disposition)?.[1];
  const decoded = (text: string) =>
    text.replace(/%(22|0D|0A)/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  const name = value('name');
  if (name === undefined) throw broken();
  const file = value('filename');
  return { kind: 'part', name: decoded(name), file: file === undefined ? null : decoded(file) };
}
