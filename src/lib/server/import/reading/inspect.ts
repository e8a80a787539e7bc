import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Head } from '#lib/exports/head.ts';
import type { Part } from '#lib/exports/part.ts';
import type { Encoding, Reading, ReadingChoice } from '#lib/exports/reading.ts';
import { plainArrow } from './arrow.ts';
import { footerAtEnd } from './delimited.ts';
import { jsonSample } from './json.ts';
import { lookAt } from './look.ts';
import type { Look } from './look.ts';
import { plainParquet } from './parquet.ts';
import type { Handed } from './read-plain.ts';
import { deskFor } from './watch.ts';
import type { Desk, Watch } from './watch.ts';

/** What a person is shown of a file before it is imported, and what could be read otherwise. */
export type Inspection = {
  reading: Reading;
  /** The headers and the first records of its table. */
  head: Pick<Head, 'headers' | 'sample'>;
  /** The first records of the file as they stand there: what the header row is chosen from. */
  start: string[][];
  /** The encodings that could read it; empty where that is no question. */
  encodings: Encoding[];
  /** All that stands in an archive of which no file was chosen, or in a workbook of which no sheet was. */
  parts: Part[];
};

const SHOWN = 200;

/**
 * Looks at a file without writing a list of it: how it would be read, its head, and the alternatives. Where it holds
 * several lists and none was chosen, the likeliest is shown. `footer` is what the last bytes show. Whatever had to be
 * unpacked into `folder` is gone afterwards. Throws Refusal (see `src/lib/errors/codes.ts`, files).
 */
export async function inspect(
  handed: Handed,
  choice: ReadingChoice | undefined,
  folder: string,
  watch: Watch = {},
): Promise<Inspection> {
  const own = await mkdtemp(join(folder, 'reading-'));
  try {
    const desk = deskFor(handed.name, own, watch);
    const { onBytes } = watch;
    return await shown(desk, await lookAt(desk, handed.path, choice ?? {}, 'likeliest', onBytes, onBytes));
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

async function shown(desk: Desk, look: Look): Promise<Inspection> {
  return { ...(await foundIn(desk, look)), encodings: look.encodings, parts: look.parts };
}

async function foundIn(
  desk: Desk,
  { path, packing, found }: Look,
): Promise<Pick<Inspection, 'reading' | 'head' | 'start'>> {
  const base = { ...packing, sheet: null, sheets: [], encoding: null, delimiter: null, footer: 0 };
  const plain = { header: { first: 0, rows: 1 } };
  switch (found.kind) {
    case 'delimited': {
      const { text, layout } = found;
      const { delimiter, header, headers, sample, start, isAll } = layout;
      const footer = await footerAtEnd(desk, text, layout);
      const records = isAll ? sample.slice(0, sample.length - footer) : sample;
      const { encoding } = text;
      return {
        reading: { ...base, format: 'delimited', encoding, delimiter, header, footer },
        head: { headers, sample: records.slice(0, SHOWN) },
        start: start.slice(0, SHOWN),
      };
    }
    case 'xlsx': {
      const { sheet, sheets, header, headers, footer, sample, start } = found.table;
      return {
        reading: { ...base, format: 'xlsx', sheet, sheets, header, footer },
        head: { headers, sample: sample.slice(0, SHOWN) },
        start: start.slice(0, SHOWN),
      };
    }
    case 'json': {
      const start = await jsonSample(desk, found.text, found.shape, SHOWN);
      const [headers = [], ...sample] = start;
      const reading = { ...base, ...plain, format: found.shape.format, encoding: found.text.encoding };
      return { reading, head: { headers, sample }, start };
    }
    case 'parquet':
    case 'arrow': {
      const { head } = await (found.kind === 'parquet'
        ? plainParquet(desk, path)
        : plainArrow(desk, path, SHOWN));
      const { headers } = head;
      const sample = head.sample.slice(0, SHOWN);
      const reading = { ...base, ...plain, format: found.kind };
      return { reading, head: { headers, sample }, start: [headers, ...sample] };
    }
  }
}
