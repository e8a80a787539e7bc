import { deserialize } from '$app/forms';

/** How sending ended: where the files can be looked at, why they were refused, or that nobody answered. */
export type Sent =
  | { kind: 'sent'; location: string }
  | { kind: 'refused'; message: string; remedy: string }
  | { kind: 'stopped' | 'unreached' };

/** Sends files to a form's address to be looked at; `onSent` is told the share that has left, 0…1. */
export function send(
  to: string,
  files: readonly File[],
  onSent: (share: number) => void,
  signal: AbortSignal,
): Promise<Sent> {
  const form = new FormData();
  for (const file of files) form.append('files', file, file.name);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open('POST', to);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('x-sveltekit-action', 'true');
    request.upload.onprogress = ({ loaded, total }) => onSent(total === 0 ? 0 : loaded / total);
    request.onload = () => done(outcomeOf(request.responseText));
    request.onerror = () => done({ kind: 'unreached' });
    request.onabort = () => done({ kind: 'stopped' });
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}

function outcomeOf(text: string): Sent {
  try {
    const result = deserialize<never, { message: string; remedy: string }>(text);
    if (result.type === 'redirect') return { kind: 'sent', location: result.location };
    if (result.type === 'failure' && result.data) return { kind: 'refused', ...result.data };
    if (result.type === 'error')
      return { kind: 'refused', message: result.error.message, remedy: result.error.remedy };
  } catch {
    // not an answer of ours
  }
  return { kind: 'unreached' };
}
