import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { openApp } from '#lib/server/app.ts';
import type { App } from '#lib/server/app.ts';
import { readerHere } from '#lib/server/import/stage/reader-here.ts';
import type { Source } from '#lib/server/import/source.ts';

/** A data folder of its own with an open app in it, business in Shanghai, on 20 November 2026. */
export type StudioFolder = {
  /** May be put in the place of another one that was closed. */
  app: App;
  /** Writes a file beside the stores. */
  file(name: string, content: string | Uint8Array): Source;
  close(): Promise<void>;
};

export async function studioFolder(): Promise<StudioFolder> {
  const data = mkdtempSync(join(tmpdir(), 'seven-steps-test-'));
  cpSync(inject('preparedFolder'), data, { recursive: true });
  const app = await openApp({ data, clock: () => new Date('2026-11-20T02:00:00Z'), reader: readerHere });
  app.settings.set('time_zone', 'Asia/Shanghai');
  const studio: StudioFolder = {
    app,
    file: (name, content) => {
      const path = join(data, name);
      writeFileSync(path, content);
      return { name, path };
    },
    close: async () => {
      await studio.app.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
  return studio;
}
