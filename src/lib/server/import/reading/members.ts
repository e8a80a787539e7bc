import { basename, extname } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Archive, Member } from './archive.ts';
import type { Desk } from './watch.ts';

/** Which of several lists is meant where nobody said it: refuse and ask, or show the likeliest. */
export type WhenSeveral = 'ask' | 'likeliest';

const LISTS = ['.csv', '.tsv', '.txt', '.tab', '.xlsx', '.json', '.ndjson', '.jsonl', '.parquet'];
const NO_LISTS = [
  '.pdf',
  '.doc',
  '.docx',
  '.html',
  '.htm',
  '.md',
  '.png',
  '.jpg',
  '.jpeg',
  '.gif',
  '.url',
  '.exe',
];

/** What tells that an archive is a document of some program, by a file that stands in it. */
const documents = [
  ['xl/workbook.bin', 'Excel binary (.xlsb)'],
  ['content.xml', 'OpenDocument (.ods)'],
  ['word/document.xml', 'Word (.docx)'],
  ['ppt/presentation.xml', 'PowerPoint (.pptx)'],
  ['Index/Document.iwa', 'Numbers (.numbers)'],
  ['Index.zip', 'Numbers (.numbers)'],
] as const;

/** Whether an archive is an Excel workbook. Throws Refusal unread_format for documents of other programs. */
export function isWorkbook({ name: file }: Desk, { members }: Archive): boolean {
  const names = new Set(members.map(({ name }) => name));
  if (names.has('xl/workbook.xml')) return true;
  const document = documents.find(([sign]) => names.has(sign));
  if (document !== undefined) throw new Refusal('unread_format', { file, format: document[1] });
  return false;
}

/** The files of an archive that may be lists, those that are named like lists first. */
export function listsIn({ members }: Archive): Member[] {
  const files = members.filter(({ name, size }) => {
    const own = basename(name);
    const isJunk =
      name.endsWith('/') || name.startsWith('__MACOSX/') || own.startsWith('.') || own === 'Thumbs.db';
    return !isJunk && size > 0 && !NO_LISTS.includes(extension(name));
  });
  return [...files.filter(isNamedAsList), ...files.filter((member) => !isNamedAsList(member))];
}

const extension = (name: string): string => extname(name).toLowerCase();

const isNamedAsList = ({ name }: Member): boolean => LISTS.includes(extension(name.replace(/\.gz$/i, '')));

/**
 * The file of an archive that is meant.
 * Throws Refusal packed_empty, unknown_part, several_lists_inside.
 */
export function memberMeant(
  { name: file }: Desk,
  lists: readonly Member[],
  chosen: string | undefined,
  whenSeveral: WhenSeveral,
): Member {
  const parts = lists.map(({ name }) => name).join(', ');
  if (chosen !== undefined) {
    const found = lists.find(({ name }) => name === chosen);
    if (found === undefined) throw new Refusal('unknown_part', { file, part: chosen, parts });
    return found;
  }
  const named = lists.filter(isNamedAsList);
  const [first, ...others] = named.length > 0 ? named : lists;
  if (first === undefined) throw new Refusal('packed_empty', { file });
  if (others.length > 0 && whenSeveral === 'ask')
    throw new Refusal('several_lists_inside', { file, parts, option: '--member' });
  return first;
}
