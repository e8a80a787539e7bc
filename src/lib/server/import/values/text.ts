/** A text as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Blanks that are not part of a value: spaces, tabs, line ends, no-break and full-width spaces. */
const BLANKS = ' \t\r\n\u00a0\u3000';

/** Blanks but the space, which are rare. */
const RARE_BLANKS = [...BLANKS.slice(1)];

/** Divides the texts of a record where it is looked at as a whole. */
const BETWEEN = '\x1f';

/** All texts of a record as one: one look at it is far cheaper than one at every value. */
export const wholeRecord = (columns: readonly string[]): string =>
  `concat_ws(${literal(BETWEEN)}, ${columns.join(', ')})`;

/**
 * Whether any text of a whole record begins or ends with a blank, which is rare. Spaces are looked for where they would
 * stand; a pattern, which takes longer, is only tried on a record that has another blank at all (DuckDB leaves out what
 * need not be known only within a case).
 */
export function isPadded(record: string): string {
  const blank = `[${BLANKS}]`;
  const spaces = [
    `starts_with(${record}, ' ')`,
    `ends_with(${record}, ' ')`,
    `contains(${record}, ${literal(` ${BETWEEN}`)})`,
    `contains(${record}, ${literal(`${BETWEEN} `)})`,
  ];
  const others = RARE_BLANKS.map((one) => `contains(${record}, ${literal(one)})`);
  const pattern = `regexp_matches(${record}, '(^|\\x1f)${blank}|${blank}(\\x1f|$)')`;
  return `case when ${spaces.join(' or ')} or ((${others.join(' or ')}) and ${pattern}) then true else false end`;
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
