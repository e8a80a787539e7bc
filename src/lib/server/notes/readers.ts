import type { Viewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';

/** Whom a note is for: the stores that it tells of, null for the whole house. */
export type NoteStores = readonly string[] | null;

/** Who wrote a note: their account and its name at that time; null for notes of before authors were kept. */
export type NoteAuthor = { id: string; name: string } | null;

/**
 * Whether somebody reads a note: the owner every one; of the whole house also managers and marketers; of stores those who
 * manage all of them.
 */
export function mayReadNote(viewer: Viewer, stores: NoteStores): boolean {
  if (viewer.kind !== 'person') return false;
  if (viewer.role === 'owner') return true;
  if (stores === null) return viewer.role !== 'staff';
  return viewer.role === 'manager' && stores.every((store) => viewer.stores.includes(store));
}

/** Whether somebody who reads a note may change and remove it: its author and the owner. */
export function mayChangeNote(viewer: Viewer, author: NoteAuthor): boolean {
  return viewer.kind === 'person' && (viewer.role === 'owner' || viewer.id === author?.id);
}

/** The author of what somebody writes now. Throws Refusal not_for_you for whoever is no person of the office. */
export function authorOf(viewer: Viewer): { id: string; name: string } {
  if (viewer.kind !== 'person' || viewer.role === 'staff') throw new Refusal('not_for_you', {});
  return { id: viewer.id, name: viewer.name };
}

/**
 * For whom somebody writes: without a wish for as many as they may, the owner and marketers for the whole house, managers
 * for all of their stores. Throws Refusal not_for_you where they wish more.
 */
export function storesFor(viewer: Viewer, wish: NoteStores): NoteStores {
  if (viewer.kind !== 'person' || viewer.role === 'staff') throw new Refusal('not_for_you', {});
  if (viewer.role === 'owner') return wish;
  if (viewer.role === 'manager' && wish === null) return [...viewer.stores];
  if (!mayReadNote(viewer, wish)) throw new Refusal('not_for_you', {});
  return wish;
}
