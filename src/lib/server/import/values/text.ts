/** A text as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Blanks that are not part of a value: spaces, tabs, line ends, no-break and full-width spaces. */
const BLANKS = ' \t\r\n\u00a0\u3000';

/**
 * Whether any column of a record begins or ends with a blank: one look at the whole record is far cheaper than
 * trimming every value, and records that need it are rare.
 */
export function isPadded(columns: readonly string[]): string {
  const blank = `[${BLANKS}]`;
  return `regexp_matches(concat_ws(chr(31), ${columns.join(', ')}), '(^|\\x1f)${blank}|${blank}(\\x1f|$)')`;
}

/** The value of a text column without surrounding blanks, null when nothing is left. `padded` is a boolean column. */
export function trimmed(column: string, padded: string): string {
  return `case when ${padded} then nullif(trim(${column}, ${literal(BLANKS)}), '') else ${column} end`;
}

/** Signs that Chinese and typographic keyboards write, and the plain ones that mean the same. */
const plainSigns = [
  ['０１２３４５６７８９', '0123456789'],
  ['：／－．，（）＋＃', ':/-.,()+#'],
  ['\u2010\u2011\u2012\u2013\u2014\u2212', '------'],
  ['\u00a0\u2009\u202f\u3000', '    '],
  ['’‘＇', "'''"],
] as const;

/**
 * A text in lower case with plain signs for full-width and typographic ones, and then each word of `words` replaced.
 * Texts of ASCII only, which most are, cost no more than their lower case; `translate` is slow.
 */
export function plainly(column: string, words: Readonly<Record<string, string>> = {}): string {
  const signs = plainSigns.map(([from]) => from).join('');
  const plain = plainSigns.map(([, to]) => to).join('');
  const replaced = (text: string) =>
    Object.entries(words).reduce(
      (sql, [from, to]) => `replace(${sql}, ${literal(from)}, ${literal(to)})`,
      text,
    );
  return `case
    when strlen(${column}) = length(${column}) then lower(${column})
    when regexp_matches(${column}, ${literal(`[${signs}]`)})
    then ${replaced(`translate(lower(${column}), ${literal(signs)}, ${literal(plain)})`)}
    else ${replaced(`lower(${column})`)} end`;
}
