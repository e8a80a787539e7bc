import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk in memory of so many megabytes; none where this process may not mount one. */
export type SmallDisk = {
  folder: string;
  /** Fills the disk but for so many bytes, or gives everything back. */
  leave(bytes: number | 'all'): void;
  /** Lets nobody write; only while no file on it is open. */
  readOnly(): void;
  readWrite(): void;
  remove(): void;
};

const mount = (...given: string[]): boolean => spawnSync('mount', given).status === 0;

export function smallDisk(megabytes: number): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'seven-steps-disk-'));
  if (!mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder)) {
    rmSync(folder, { recursive: true });
    return null;
  }
  const filling = join(folder, 'filling');
  mkdirSync(filling);
  const free = () => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  return {
    folder,
    leave: (bytes) => {
      rmSync(filling, { recursive: true });
      mkdirSync(filling);
      if (bytes !== 'all') writeFileSync(join(filling, 'zeros'), Buffer.alloc(Math.max(free() - bytes, 0)));
    },
    readOnly: () => void mount('-o', 'remount,ro', folder),
    readWrite: () => void mount('-o', 'remount,rw', folder),
    remove: () => {
      spawnSync('umount', [folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
