import { linkSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listenControl } from '#lib/server/control/listen.ts';
import { askServer } from '#lib/server/control/reach.ts';
import { socketPath } from '#lib/server/control/wire.ts';
import { studioFolder } from '../import/studio-folder.ts';
import type { StudioFolder } from '../import/studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

describe('a running server', () => {
  it('does what the command line asks through a socket that only its owner may use', async () => {
    const control = await listenControl(studio.app);
    const { data } = studio.app;
    expect(statSync(socketPath(data)).mode & 0o777).toBe(0o600);
    const files = [studio.file('leads.csv', 'lead_id,created_at\nL1,2026-11-02\n')];
    const imported = await askServer(data, { kind: 'import', files, dryRun: false });
    expect(imported?.summaries).toMatchObject([{ table: 'leads', read: 1, loaded: 1 }]);
    const answer = await askServer(data, { kind: 'report', name: 'data_span', parameters: {} });
    expect(answer?.rows).toMatchObject([{ last_day: '2026-11-02' }]);
    await askServer(data, { kind: 'set', name: 'currency', value: 'TWD' });
    expect(await askServer(data, { kind: 'get', name: 'currency' })).toEqual({ currency: 'TWD' });
    await control.close();
  });

  it('answers refusals with their code and parameters', async () => {
    const control = await listenControl(studio.app);
    await expect(
      askServer(studio.app.data, { kind: 'report', name: 'nope', parameters: {} }),
    ).rejects.toMatchObject({ code: 'unknown_report', params: { name: 'nope' } });
    await control.close();
  });

  it('is not found where none runs, nor behind a socket that a dead process left', async () => {
    const { data } = studio.app;
    expect(await askServer(data, { kind: 'get' })).toBeUndefined();
    const abandoned = await abandonedSocket(socketPath(data));
    expect(abandoned).toBe(true);
    expect(await askServer(data, { kind: 'get' })).toBeUndefined();
  });

  it('takes the place of a dead one, but not of a live one', async () => {
    const { data } = studio.app;
    await abandonedSocket(socketPath(data));
    const control = await listenControl(studio.app);
    await expect(listenControl(studio.app)).rejects.toMatchObject({ code: 'warehouse_busy' });
    expect(await askServer(data, { kind: 'get', name: 'playbook' })).toEqual({ playbook: 'wedding-photo' });
    await control.close();
    expect(await askServer(data, { kind: 'get' })).toBeUndefined();
  });

  it('shrugs at what is no request', async () => {
    const control = await listenControl(studio.app);
    await expect(askServer(studio.app.data, { kind: 'dance' } as never)).rejects.toMatchObject({
      code: 'usage',
    });
    await control.close();
  });
});

/** Leaves behind what a killed process leaves: a socket file without a listener. */
async function abandonedSocket(path: string): Promise<boolean> {
  const elsewhere = join(path, '..', 'other.sock');
  const server = createServer();
  await new Promise<void>((done) => server.listen(elsewhere, done));
  linkSync(elsewhere, path);
  await new Promise((done) => server.close(done));
  return statSync(path).isSocket();
}
