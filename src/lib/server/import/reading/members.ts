import { extname } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Part } from '#lib/exports/part.ts';
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
  const of = (is: Part['is']) => members.filter((member) => whatIs(member) === is);
  return [...of('list'), ...of('other')];
}

/** What stands in an archive, in its order: folders and what systems leave there by themselves are nothing. */
export function partsIn({ members }: Archive): Part[] {
  return members.flatMap((member): Part[] => {
    const is = whatIs(member);
    return is === null ? [] : [{ kind: 'member', name: member.name, rows: null, is }];
  });
}

/** What systems put into folders and archives by themselves. */
const OF_SYSTEMS = /^(?:\.DS_Store|\._.*|Thumbs\.db|desktop\.ini)$/i;
/** A path that leads out of the folder in which an archive is unpacked. */
const LEADS_OUT = /^[/\\]|^[a-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/i;

function whatIs(member: Member): Part['is'] | null {
  const { name, size } = member;
  const own = name.split(/[/\\]/).at(-1) ?? '';
  if (own === '' || name.startsWith('__MACOSX/') || OF_SYSTEMS.test(own)) return null;
  if (LEADS_OUT.test(name)) return 'unsafe';
  if (own.startsWith('.')) return 'hidden';
  if (size === 0) return 'empty';
  if (NO_LISTS.includes(extension(name))) return 'document';
  return isNamedAsList(member) ? 'list' : 'other';
}

const extension = (name: string): string => extname(name).toLowerCase();

const isNamedAsList = ({ name }: Member): boolean => LISTS.includes(extension(name.replace(/\.gz$/i, '')));

/**
 * The file of an archive that is meant.
 * Throws Refusal packed_empty (cause: what stands in it that is no list), unknown_part, several_lists_inside.
 */
export function memberMeant(
  { name: file }: Desk,
  archive: Archive,
  chosen: string | undefined,
  whenSeveral: WhenSeveral,
): Member {
  const lists = listsIn(archive);
  const parts = lists.map(({ name }) => name).join(', ');
  if (chosen !== undefined) {
    const found = lists.find(({ name }) => name === chosen);
    if (found === undefined) throw new Refusal('unknown_part', { file, part: chosen, parts });
    return found;
  }
  const named = lists.filter(isNamedAsList);
  const [first, ...others] = named.length > 0 ? named : lists;
  if (first === undefined) throw new Refusal('packed_empty', { file }, passedOver(archive));
  if (others.length > 0 && whenSeveral === 'ask')
    throw new Refusal('several_lists_inside', { file, parts, option: '--member' });
  return first;
}

function passedOver(archive: Archive): string | undefined {
  const parts = partsIn(archive).map(({ name, is }) => `${name} (${is})`);
  return parts.length === 0 ? undefined : parts.join(', ');
}
