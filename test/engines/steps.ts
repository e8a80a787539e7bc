/** One outermost common table expression of a statement: `name as materialized (text)`. */
type Expression = { name: string; materialized: boolean; text: string };

/** A statement that fills a table of its own, or (without a table) the one that gives the rows. */
export type Step = { table: string | null; sql: string };

const OPENING = /^(?:\s|--[^\n]*\n)*([a-z_][a-z0-9_]*)\s+as\s+(materialized\s+)?\(/;

/**
 * A statement step by step: each outermost `materialized` expression becomes a table, the others stay in front of whatever
 * comes after them. ClickHouse analyses the text of a materialised expression once for each place that reads it, and again
 * for each place that reads such a place: a report whose parts read each other takes it ten seconds whole, and one in steps.
 */
export function stepsOf(sql: string): Step[] {
  const { expressions, rest } = outermost(sql);
  const steps: Step[] = [];
  const kept: string[] = [];
  const after = (text: string) => (kept.length === 0 ? text : `with ${kept.join(',\n')}\n${text}`);
  for (const { name, materialized, text } of expressions)
    if (materialized) steps.push({ table: name, sql: after(`select * from (${text})`) });
    else kept.push(`${name} as (${text})`);
  return [...steps, { table: null, sql: after(rest) }];
}

function outermost(sql: string): { expressions: Expression[]; rest: string } {
  const expressions: Expression[] = [];
  const [opening] = /^\s*with\s+(?!recursive\b)/.exec(sql) ?? [''];
  let rest = sql.slice(opening.length);
  for (let more = opening !== ''; more;) {
    const [head = '', name = '', materialized] = OPENING.exec(rest) ?? [];
    if (head === '') throw new Error(`No common table expression: ${rest.slice(0, 80)}`);
    const end = closing(rest, head.length);
    expressions.push({ name, materialized: materialized !== undefined, text: rest.slice(head.length, end) });
    const [comma = ''] = /^(?:\s|--[^\n]*\n)*,/.exec(rest.slice(end + 1)) ?? [];
    more = comma !== '';
    rest = rest.slice(end + 1 + comma.length);
  }
  return { expressions, rest };
}

/** Where the bracket closes that is open before `from`; brackets in texts and comments do not count. */
function closing(sql: string, from: number): number {
  const marks = /'(?:[^']|'')*'|"[^"]*"|--[^\n]*|[()]/g;
  marks.lastIndex = from;
  let open = 1;
  for (let mark = marks.exec(sql); mark; mark = marks.exec(sql)) {
    if (mark[0] === '(') open += 1;
    if (mark[0] === ')') open -= 1;
    if (open === 0) return mark.index;
  }
  throw new Error(`A bracket stays open: ${sql.slice(from, from + 80)}`);
}
