import type { Socket } from 'node:net';

/** How long the address and the headers of a request may be together, in bytes: a funnel of twenty steps with conditions fits. */
export const LARGEST_HEADERS = 64 * 1024;

type Fault = Error & { readonly code?: string };
type Answer = { readonly status: string; readonly text: string };

/**
 * Answers what is no request that could be read, whose language nobody knows: too long an address or headers (431,
 * address_too_long), headers that did not come in time (408), or no HTTP at all (400); then the connection ends.
 */
export function answerUnreadable({ code }: Fault, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, text } = answers[code ?? ''] ?? badRequest;
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      'connection: close',
      'content-type: text/plain; charset=utf-8',
      "content-security-policy: default-src 'none'",
      'x-content-type-options: nosniff',
      `content-length: ${Buffer.byteLength(text)}`,
      '',
      text,
    ].join('\r\n'),
  );
}

const badRequest: Answer = { status: '400 Bad Request', text: 'Bad request.\n' };
const answers: Readonly<Record<string, Answer>> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    text: [
      'address_too_long: This address is longer than 64 kB. Leave out some steps or conditions, or save the funnel and open it by its name.',
      'address_too_long：网址超过 64 kB。请减少步骤或条件，或者把漏斗保存后按名称打开。',
      'address_too_long：網址超過 64 kB。請減少步驟或條件，或者把漏斗儲存後按名稱開啟。',
      '',
    ].join('\n'),
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    text: 'The request did not come in time.\n',
  },
};
