import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { connectionsOf } from './connections.ts';
import type { Connections } from './connections.ts';

/** An instance with its connections. */
type Opened = { instance: DuckDBInstance; connections: Connections };

/** An instance that is opened anew when it has broken down. */
export type Standing = Pick<Connections, 'borrow'> & { close(): Promise<void> };

/** An instance that the engine has given up, for instance because a disk was full when it wrote its file. */
const BROKEN = /FATAL Error|database has been invalidated/;

/**
 * Opens an instance with at most `most` connections. When it breaks down, whoever uses it gets the error, and with the
 * last of them gone it is closed and opened again: what was committed is there, everything else is not. `onOpened` is
 * told of each opening and can ask it. Throws what `open` throws, also later while it cannot be opened again.
 */
export async function standingInstance(
  open: () => Promise<DuckDBInstance>,
  most: number,
  onOpened: (connection: DuckDBConnection) => Promise<void>,
): Promise<Standing> {
  let users = 0;
  let isBroken = false;
  let opened = opening();

  async function opening(): Promise<Opened> {
    const instance = await open();
    const connections = connectionsOf(instance, most);
    await connections.borrow(onOpened);
    return { instance, connections };
  }

  async function openAgain(broken: Opened): Promise<Opened> {
    close(broken);
    return opening();
  }

  async function borrow<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const current = await standing();
    users += 1;
    try {
      return await current.connections.borrow(work);
    } catch (error) {
      isBroken ||= tellsOfBreakdown(error);
      throw error;
    } finally {
      users -= 1;
      if (isBroken && users === 0) {
        isBroken = false;
        opened = openAgain(current);
        opened.catch(() => undefined);
      }
    }
  }

  /** What could not be opened is tried again by whoever asks next. */
  async function standing(): Promise<Opened> {
    const tried = opened;
    try {
      return await tried;
    } catch {
      if (opened === tried) opened = opening();
      return opened;
    }
  }

  await opened;
  return { borrow, close: () => opened.then(close, () => undefined) };
}

function close({ instance, connections }: Opened): void {
  connections.close();
  instance.closeSync();
}

function tellsOfBreakdown(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (BROKEN.test(cause.message)) return true;
  return false;
}
