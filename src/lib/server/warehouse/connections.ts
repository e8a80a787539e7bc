import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** Connections of one instance: each piece of work has one alone; more work than `most` waits its turn. */
export type Connections = {
  borrow<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  close(): void;
};

/** Opens connections as they are needed, at most `most` at a time, and keeps them for the next piece of work. */
export function connectionsOf(instance: DuckDBInstance, most: number): Connections {
  const idle: DuckDBConnection[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;

  async function borrow<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    if (busy >= most) await new Promise<void>((turn) => waiting.push(turn));
    else busy += 1;
    try {
      const connection = idle.pop() ?? (await instance.connect());
      try {
        return await work(connection);
      } finally {
        idle.push(connection);
      }
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    }
  }

  return {
    borrow,
    close: () => {
      for (const connection of idle.splice(0)) connection.closeSync();
    },
  };
}
