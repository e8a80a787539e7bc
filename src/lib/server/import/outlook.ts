import type { Job } from './jobs.ts';

/** How far an import is: the part of it that is done (0 … 1), the records read so far, and the seconds that it will still take. */
export type Outlook = { share: number; records: number; seconds: number | null };

/** The parts of an import's time that reading and storing take, the rest is the models: as it is with a million leads. */
const PARTS = { reading: 0.35, storing: 0.3 };
/** The part of the reading of a file that turning it into a plain list takes, where that is told of. */
const OPENING = 0.25;
/** Before so much time and work have gone by, how long it takes is a guess. */
const SOONEST_MS = 2000;
const SMALLEST_SHARE = 0.03;

/** How far an import that runs is; null before it has begun and after it has ended. `now` is the studio's clock. */
export function outlookOf({ files, records, state, begun }: Job, now: Date): Outlook | null {
  const share = shareOf(files, state);
  if (share === null) return null;
  const elapsed = begun === null ? 0 : now.getTime() - begun.getTime();
  const isGuess = elapsed < SOONEST_MS || share < SMALLEST_SHARE;
  const read = [...records.values()].reduce((sum, each) => sum + each, 0);
  return {
    share,
    records: read,
    seconds: isGuess ? null : Math.ceil((elapsed * (1 - share)) / share / 1000),
  };
}

function shareOf(files: Job['files'], state: Job['state']): number | null {
  const upTo = (file: number) => files.slice(0, file).reduce((sum, { size }) => sum + size, 0);
  const of = (file: number, within: number) => {
    const total = upTo(files.length);
    const size = files[file]?.size ?? 0;
    return total === 0 ? 0 : (upTo(file) + size * within) / total;
  };
  switch (state.kind) {
    case 'opening':
      return PARTS.reading * of(state.file, OPENING * part(state));
    case 'reading':
      return PARTS.reading * of(state.file, OPENING + (1 - OPENING) * part(state));
    case 'storing':
      return PARTS.reading + PARTS.storing * of(state.file, 0.5);
    case 'building':
      return PARTS.reading + PARTS.storing;
    default:
      return null;
  }
}

const part = ({ bytes, of }: { bytes: number; of: number }): number =>
  of === 0 ? 1 : Math.min(bytes / of, 1);
