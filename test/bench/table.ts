/** One line of the table: what was measured, what came out, what was aimed at, and whether it was met. */
export type Measurement = { what: string; measured: string; target: string; met: boolean };

const begin = '<!-- bench:begin -->';
const end = '<!-- bench:end -->';

/** The Markdown of a run: when and where, then one row per measurement. */
export function benchTable(measurements: Measurement[], machine: string, day: string): string {
  const rows = measurements.map(
    (each) => `| ${each.what} | ${each.measured} | ${each.target} | ${each.met ? 'yes' : '**no**'} |`,
  );
  return [
    `Measured on ${day} by \`npm run bench\`: ${machine}.`,
    '',
    '| what | measured | target | met |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** Puts a table between the markers of a document; throws where the markers are missing. */
export function withTable(document: string, table: string): string {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the document has no ${begin} … ${end}`);
  return `${document.slice(0, from)}${begin}\n\n${table}\n\n${document.slice(to)}`;
}

/** Milliseconds as they are printed: 8.4 ms, 86 ms. */
export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

/** Bytes in kilobytes of 1000. */
export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/** A share in percent: 5.1 %. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Milliseconds in seconds. */
export const seconds = (value: number): string => `${(value / 1000).toFixed(2)} s`;
