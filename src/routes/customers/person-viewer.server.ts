import type { PersonViewer, Viewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';

/** Somebody who has signed in: files are opened by people. Throws Refusal not_for_you. */
export function personIn(viewer: Viewer): PersonViewer {
  if (viewer.kind !== 'person') throw new Refusal('not_for_you', {});
  return viewer;
}
