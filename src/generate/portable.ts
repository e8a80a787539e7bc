/** What answers differently, or not at all, on one of the two engines, and what is written instead. */
const AVOIDED: readonly (readonly [RegExp, string])[] = [
  [/\/\//, '// is a comment on ClickHouse: whole(a / b)'],
  [/\bround\s*\(/i, 'round() goes half to even on ClickHouse: money() or no rounding'],
  [/\bnot\s+in\s*\(\s*select\b/i, 'not in (select …) loses rows beside a null: anti join or not exists'],
  [/\bconcat\s*\(/i, 'concat() treats nulls differently: ||'],
  [/\bregexp_replace\s*\(/i, 'regexp_replace() replaces the first or all'],
  [/\bdate_trunc\s*\(/i, 'date_trunc() gives a date or a timestamp: week_start(), month_start()'],
  [/\b(reverse|left|right)\s*\(/i, 'left(), right() and reverse() count bytes on ClickHouse'],
  [/\btry_cast\s*\(/i, 'try_cast() is not portable: the import types values'],
  [
    /\b(strftime|strptime|epoch|make_date|split_part|starts_with|string_agg|array_agg|bool_or|bool_and|hash)\s*\(/i,
    'this function is not portable',
  ],
  [/\b(arg_max|arg_min)\s*\(/i, 'spelt argMax, argMin'],
  [/\bignore\s+nulls\b/i, 'ignore nulls is spelt differently'],
  [/\blateral\b/i, 'lateral joins are not portable'],
  [/\brange\s+between\b/i, 'range frames are not portable: rows, or a self join'],
  [/\busing\s*\(/i, 'using () hides qualifiers: on'],
  [/=\s*any\s*\(/i, '= any (…) is not portable: is_in()'],
];

const QUIET = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g;

/** One sentence for each construct of a text that the two engines do not share. */
export function notPortable(sql: string): string[] {
  const text = sql.replace(QUIET, "''");
  return AVOIDED.flatMap(([pattern, instead]) => {
    const [found] = pattern.exec(text) ?? [];
    return found === undefined ? [] : [`"${found.trim()}": ${instead}.`];
  });
}
