import type { Draft, DraftFile } from './draft.ts';

/** One of the lists that an archive or a workbook holds, as it is chosen. */
export type Part = { member: string; sheet?: string } | { sheet: string };

/** The lists of a file's archive and workbook that no file of its draft is read from. */
export function otherParts({ path, look }: DraftFile, { files }: Pick<Draft, 'files'>): Part[] {
  if (look.kind !== 'seen') return [];
  const { members, member, sheets } = look.inspection.reading;
  const same = files.filter((file) => file.path === path);
  const taken = (kind: 'member' | 'sheet') =>
    same.flatMap(({ choice, look: other }) => [
      choice[kind],
      other.kind === 'seen' ? other.inspection.reading[kind] : undefined,
    ]);
  const inMember = members.length > 0 && member !== null ? { member } : {};
  return [
    ...members.filter((name) => !taken('member').includes(name)).map((name) => ({ member: name })),
    ...sheets.filter((name) => !taken('sheet').includes(name)).map((sheet) => ({ ...inMember, sheet })),
  ];
}

/** What a list inside a file is called: what is decided about it is remembered under its own name. */
export function partName({ name }: Pick<DraftFile, 'name'>, part: Part): string {
  const book = 'member' in part ? `${name}/${part.member}` : name;
  return part.sheet === undefined ? book : `${book} · ${part.sheet}`;
}
