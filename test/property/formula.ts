import type { Row } from '#lib/server/warehouse/values.ts';

const functions: Readonly<Record<string, (a: number, b: number) => number>> = {
  ln: (a) => Math.log(a),
  log_mean: (a, b) => (a === b ? a : (a - b) / (Math.log(a) - Math.log(b))),
};

/** What a formula of a header gives with the figures of a row; null where one of them is missing. */
export function valueOf(text: string, row: Row): number | null {
  const tokens = text.match(/[a-z_]\w*|\d[\d.]*|\S/g) ?? [];
  let isMissing = false;

  const take = (token: string) => tokens[0] === token && tokens.shift() !== undefined;
  const sum = (): number => {
    let value = product();
    for (;;) {
      if (take('+')) value += product();
      else if (take('-')) value -= product();
      else return value;
    }
  };
  const product = (): number => {
    let value = single();
    for (;;) {
      if (take('*')) value *= single();
      else if (take('/')) value /= single();
      else return value;
    }
  };
  const single = (): number => {
    const token = tokens.shift() ?? '';
    if (token === '(') return closed(sum());
    if (/^\d/.test(token)) return Number(token);
    if (take('(')) {
      const first = sum();
      const given = functions[token]?.(first, take(',') ? sum() : NaN);
      if (given === undefined) throw new Error(`${text}: there is no function ${token}.`);
      return closed(given);
    }
    if (!Object.hasOwn(row, token)) throw new Error(`${text}: there is no column ${token}.`);
    isMissing ||= row[token] === null;
    return Number(row[token]);
  };
  const closed = (value: number): number => {
    if (!take(')')) throw new Error(`${text}: a bracket stays open.`);
    return value;
  };

  const value = sum();
  if (tokens.length > 0) throw new Error(`${text}: ${tokens.join(' ')} is left over.`);
  return isMissing ? null : value;
}
