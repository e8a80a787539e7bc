import { Refusal } from '#lib/errors/refusal.ts';

const READ_ONLY = /read-only file system|permission denied|readonly database/i;
const FULL = /no space left on device|database or disk is full/i;

/**
 * What a failed write into a folder means to the person whose folder it is: Refusal disk_full, folder_read_only; any
 * other error as it is.
 */
export function diskRefusal(error: unknown, folder: string): unknown {
  const cause = error instanceof Refusal ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const text = cause instanceof Error ? cause.message : '';
  if (code === 'ENOSPC' || FULL.test(text)) return new Refusal('disk_full', {}, cause);
  // Node says ENOENT where a folder and its parents cannot be made on a read-only disk.
  const isUnmade =
    code === 'ENOENT' && cause instanceof Error && 'syscall' in cause && cause.syscall === 'mkdir';
  if (isUnmade || ['EROFS', 'EACCES', 'EPERM'].includes(code) || READ_ONLY.test(text))
    return new Refusal('folder_read_only', { folder }, cause);
  return error;
}

/** Does work that writes into a folder. Throws what the work throws, Refusal disk_full, folder_read_only. */
export async function writingInto<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw diskRefusal(error, folder);
  }
}
