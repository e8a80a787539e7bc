/** Controls of C0 and C1, line and paragraph separators, and the marks that turn the direction of text. */
const INVISIBLE = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

const short: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text of a cell as it is read, without outer blanks, and on one line. */
export const inOneLine = (text: string): string =>
  text
    .split(/[\r\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');

/**
 * Text from somebody's file as it may be shown in a terminal or a download: what would steer the reader's screen is
 * written out, e.g. `\n`, `\u001b`.
 */
export function visible(text: string): string {
  return text.replace(
    INVISIBLE,
    (character) => short[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
