import { Refusal } from '#lib/errors/refusal.ts';

/** A failure as the log keeps it: what it was and where, never whose. */
export type Described = {
  type: string;
  /** The code of a Refusal. */
  code?: string;
  message: string;
  frames: string[];
  cause?: Described;
};

/** Nobody follows a longer chain, and one that leads back to itself ends. */
const MOST_CAUSES = 5;

/**
 * A thrown value and its causes for the log. Engines and file systems quote what they were given (a cell, a telephone, the
 * name of a file), so what stands in quotation marks, addresses of mail and long runs of digits are left out of messages.
 */
export function described(error: unknown, depth = 0): Described {
  if (!(error instanceof Error))
    return { type: typeof error, message: withoutValues(String(error)), frames: [] };
  const cause =
    error.cause === undefined || depth >= MOST_CAUSES ? {} : { cause: described(error.cause, depth + 1) };
  const frames = framesOf(error);
  const told = { type: error.name, frames: frames.map((line) => line.trim().slice('at '.length)), ...cause };
  if (error instanceof Refusal) return { ...told, code: error.code, message: error.code };
  return { ...told, message: withoutValues(error.message) };
}

/** Where it was thrown. The message stands before that in the stack, and may hold lines that look like it. */
function framesOf({ stack = '', message }: Error): string[] {
  const said = stack.indexOf(message);
  const rest = said === -1 ? '' : stack.slice(said + message.length);
  return rest.split('\n').filter((line) => /^\s+at /.test(line));
}

/** Characters of a message that are kept: a whole cell may be quoted in it. */
const LONGEST = 2000;

/** A message without what could be a person's: quoted texts, addresses of mail, five digits and more. */
export function withoutValues(message: string): string {
  // What is cut off may leave a quotation open.
  const told =
    message.length > LONGEST ? message.slice(0, LONGEST).replace(/["'`“「][^"'`”」]*$/, '…') : message;
  return told
    .replace(/"[^"\n]*"|'[^'\n]*'|`[^`\n]*`|“[^”\n]*”|「[^」\n]*」/g, '…')
    .replace(/[^\s@…]+@[^\s@…]+/g, '…')
    .replace(/\+?\d[\d\s().-]{3,}\d/g, '…');
}
