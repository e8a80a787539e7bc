import { isReadable } from '#lib/exports/part.ts';
import type { Part } from '#lib/exports/part.ts';
import type { Encoding, Reading, ReadingChoice } from '#lib/exports/reading.ts';
import { jsonShapeOf } from './json-shape.ts';
import type { JsonShape } from './json-shape.ts';
import { findLayout } from './delimited.ts';
import type { Layout } from './layout.ts';
import type { WhenSeveral } from './members.ts';
import { openFile } from './open-file.ts';
import { possibleEncodings } from './survey.ts';
import { decodedStart, textFile } from './text.ts';
import type { TextFile } from './text.ts';
import { sheetTable } from './workbook.ts';
import type { SheetTable } from './workbook.ts';
import type { Desk } from './watch.ts';

/** What a file turned out to be, once it is unpacked and gone through. */
export type Look = {
  path: string;
  packing: Pick<Reading, 'packed' | 'member' | 'members' | 'beside'>;
  /** All that stands in an archive of which no file was chosen, or in a workbook of which no sheet was. */
  parts: Part[];
  /** The encodings that could read it; none where that is no question. */
  encodings: Encoding[];
  found:
    | { kind: 'delimited'; text: TextFile; layout: Layout }
    | { kind: 'json'; text: TextFile; shape: JsonShape }
    | { kind: 'xlsx'; table: SheetTable }
    | { kind: 'parquet' | 'arrow' };
};

/**
 * Unpacks a file and finds out what it is; `onBytes` is told how far it is unpacked, `onSurvey` how far what needs no
 * unpacking is gone through. Throws Refusal as `openFile`, `sheetTable` and `layoutOf` do, not_text,
 * undecodable.
 */
export async function lookAt(
  desk: Desk,
  path: string,
  choice: ReadingChoice,
  whenSeveral: WhenSeveral,
  onBytes?: (bytes: number) => void,
  onSurvey?: (bytes: number) => void,
): Promise<Look> {
  const { packed, member, members, parts, ...file } = await openFile(
    desk,
    path,
    choice,
    whenSeveral,
    onBytes,
  );
  const common = {
    path: file.path,
    packing: { packed, member, members, beside: parts.filter(({ name }) => name !== member) },
    parts,
    encodings: [],
  };
  if (file.kind === 'parquet' || file.kind === 'arrow') return { ...common, found: { kind: file.kind } };
  if (file.kind === 'xlsx') {
    const table = await sheetTable(desk, file.path, choice, whenSeveral);
    const others = table.parts.filter(({ name }) => name !== table.sheet);
    const beside = [...common.packing.beside, ...others];
    const isOneOfSeveral = parts.filter(isReadable).length > 1;
    return {
      ...common,
      packing: { ...common.packing, beside },
      parts: isOneOfSeveral ? parts : [...parts.filter((part) => !isReadable(part)), ...table.parts],
      found: { kind: 'xlsx', table },
    };
  }
  const { seen, text } = await textFile(desk, file, choice, file.path === path ? onSurvey : undefined);
  const encodings = possibleEncodings(seen);
  const shape = jsonShapeOf(decodedStart(desk, text));
  if (shape !== null) return { ...common, encodings, found: { kind: 'json', text, shape } };
  return { ...common, encodings, found: { kind: 'delimited', text, layout: findLayout(desk, text, choice) } };
}
