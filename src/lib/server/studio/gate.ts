import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { guardsFor } from './guards.ts';
import { isOwnHost } from './hosts.ts';

/** How long, in milliseconds, somebody who sends may be silent, and may go on sending what was answered before it had come. */
export type Patience = { silence: number; linger: number };

const PATIENCE: Patience = { silence: 60_000, linger: 5_000 };

/** Whoever watches the server asks by whatever address it has there, and learns nothing else. */
const PROBES = ['/healthz', '/readyz'];

/**
 * What stands before everything that answers, files and faults among them: the guards' headers on every answer, no answer
 * to other hosts than our own, and no connection held by a body that does not come or that nobody wants.
 */
export function gated(
  answer: RequestListener,
  origin: () => string | undefined,
  patience = PATIENCE,
): RequestListener {
  return (request, response) => {
    for (const [name, value] of Object.entries(guardsFor(origin()))) response.setHeader(name, value);
    keepMoving(request, response, patience);
    if (PROBES.includes(pathOf(request)) || isOwnHost(request.headers.host ?? null, origin()))
      answer(request, response);
    else response.writeHead(421, { 'content-type': 'text/plain' }).end('Misdirected request');
  };
}

function keepMoving(request: IncomingMessage, response: ServerResponse, patience: Patience): void {
  const { socket } = request;
  if (hasBody(request)) {
    const leave = () => socket.destroy();
    socket.setTimeout(patience.silence, leave);
    const isWhole = () => socket.setTimeout(0).off('timeout', leave);
    request.once('end', isWhole).once('close', isWhole);
  }
  response.once('finish', () => {
    if (!request.complete) letGo(request, patience.linger);
  });
}

/** What is still sent is thrown away for a while, so that its sender hears the answer; then the connection ends. */
function letGo(request: IncomingMessage, linger: number): void {
  request.removeAllListeners('data').resume();
  setTimeout(() => request.complete || request.socket.destroy(), linger).unref();
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] ?? '';

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
