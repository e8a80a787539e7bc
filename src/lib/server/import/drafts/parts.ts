import { isReadable } from '#lib/exports/part.ts';
import type { Part } from '#lib/exports/part.ts';
import type { Inspection } from '../reading/inspect.ts';
import type { DraftFile } from './draft.ts';

/** How one of the lists that an archive or a workbook holds is chosen. */
export type PartChoice = { member: string; sheet?: string } | { sheet: string };

/** A list inside the file `of`. */
export type FilePart = Part & { of: string; choice: PartChoice };

/** What stands inside the file `of` and is not imported; its `choice` is null where it is no list. */
export type Loose = Part & { of: string; choice: PartChoice | null };

/** The same in a draft: where its file lies, and its name in the draft's forms. */
export type Aside = Loose & { id: string; path: string; size: number };

/**
 * What becomes of a file that may hold several lists: the one that it becomes itself, null where it holds no more than one;
 * those that stand before it and behind it; and what is not imported.
 */
export type Division = { own: FilePart | null; before: FilePart[]; after: FilePart[]; rest: Loose[] };

/** How many lists may be taken in besides, and of which names something was decided before. */
export type Around = { room: number; isKnown: (name: string) => boolean };

/**
 * Divides a file that was looked at without a part of it having been chosen. What looks like a list, or was taken for one
 * before, is a list; anything else waits for somebody to say so.
 */
export function divisionOf(
  { name, part }: Pick<DraftFile, 'name' | 'part'>,
  { reading, parts }: Inspection,
  { room, isKnown }: Around,
): Division {
  const of = part?.of ?? name;
  const { member } = reading;
  const choiceOf = (one: Part): PartChoice =>
    one.kind === 'member'
      ? { member: one.name }
      : { ...(member === null ? {} : { member }), sheet: one.name };
  const lists = parts.filter(isReadable).map((one): FilePart => ({ ...one, of, choice: choiceOf(one) }));
  const rest: Loose[] = parts.filter((one) => !isReadable(one)).map((one) => ({ ...one, of, choice: null }));
  const at = lists.findIndex((one) => one.name === (one.kind === 'member' ? member : reading.sheet));
  const own = lists[at];
  if (own === undefined || lists.length < 2) return { own: null, before: [], after: [], rest };
  const taken = new Set(
    lists.filter((one) => one !== own && (one.is === 'list' || isKnown(partName(one)))).slice(0, room),
  );
  const others = lists.filter((one) => one !== own && !taken.has(one));
  return {
    own,
    before: lists.slice(0, at).filter((one) => taken.has(one)),
    after: lists.slice(at + 1).filter((one) => taken.has(one)),
    rest: [...others, ...rest],
  };
}

/** What a list inside a file is called: what is decided about it is remembered under its own name. */
export function partName({ of, choice }: Pick<FilePart, 'of' | 'choice'>): string {
  const book = 'member' in choice ? `${of}/${choice.member}` : of;
  return choice.sheet === undefined ? book : `${book} · ${choice.sheet}`;
}
