import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import { toRefusal } from '../../control/wire.ts';
import { memoryShares } from '../../memory.ts';
import { projectRoot } from '../../project.ts';
import type { Inspection } from '../reading/inspect.ts';
import type { Reader, StagedList, StageProgress } from '../stage/task.ts';
import type { Asking, Message } from './wire.ts';

/** What the reading process may know of this one's surroundings. */
const PASSED = [
  'PATH',
  'HOME',
  'LANG',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'UV_THREADPOOL_SIZE',
  'NODE_COMPILE_CACHE',
  'SEVENSTEPS_MEMORY',
];
/** How much of its last words is kept for the log. */
const LAST_WORDS = 2000;
/** By which Node says that it ends because its heap is full. */
const HEAP_FULL = /heap out of memory/;

/**
 * Has every task read by a process of its own: whatever a file does to it, this one and its warehouse stand. Stopped by
 * the signal, it is killed. Throws Refusal reader_out_of_memory when a file takes more than it may have, reader_died when
 * it ends otherwise without an answer (cause: its last words), query_cancelled, and what the reading refuses.
 */
export const childReader: Reader = readerIn(() =>
  join(projectRoot(), 'src', 'lib', 'server', 'import', 'child', 'main.ts'),
);

/** A reader whose processes run the module `entry`; see `childReader`. */
export function readerIn(entry: () => string): Reader {
  return {
    stage: async (task, tell, signal) => {
      let { name } = task.files[0] ?? { name: '' };
      const watch = (progress: StageProgress) => {
        name = task.files[progress.file]?.name ?? name;
        tell(progress);
      };
      const asking: Asking = { kind: 'stage', task };
      return (await answerOf(entry(), asking, { file: () => name, watch, signal })) as StagedList[];
    },
    inspect: async (task, tell, signal) => {
      const asking: Asking = { kind: 'inspect', task };
      const watching = { file: () => task.source.name, watch: tell, signal };
      return (await answerOf(entry(), asking, watching)) as Inspection;
    },
  };
}

/** What is watched while the process works: the file that it reads now, how far it is, and whether it must stop. */
type Watching = {
  file: () => string;
  watch: (progress: StageProgress) => void;
  signal: AbortSignal | undefined;
};

/** Returns when the process is gone: nothing is written into the task's folder any more. */
async function answerOf(entry: string, asking: Asking, watching: Watching): Promise<unknown> {
  const { signal } = watching;
  if (signal?.aborted) throw new Refusal('query_cancelled', {});
  const { readerHeap } = memoryShares(process.env);
  const child = start(entry, readerHeap);
  const gone = new Promise((done) => child.once('exit', done).once('error', done));
  const kill = () => void child.kill('SIGKILL');
  signal?.addEventListener('abort', kill, { once: true });
  try {
    return await conversation(child, asking, { ...watching, limit: readerHeap });
  } catch (error) {
    throw signal?.aborted ? new Refusal('query_cancelled', {}) : error;
  } finally {
    signal?.removeEventListener('abort', kill);
    kill();
    await gone;
  }
}

/** Pages that are being asked for go before the reading of files. */
function start(entry: string, heap: number): ChildProcess {
  const child = fork(entry, [], {
    execArgv: [`--max-old-space-size=${heap}`],
    env: Object.fromEntries(
      PASSED.flatMap((name) => {
        const value = process.env[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  return child;
}

function conversation(
  child: ChildProcess,
  asking: Asking,
  { file, watch, limit }: Watching & { limit: number },
): Promise<unknown> {
  return new Promise((done, fail) => {
    let lastWords = '';
    let isFull = false;
    const died = (cause: unknown) =>
      fail(
        isFull
          ? new Refusal('reader_out_of_memory', { file: file(), limit }, cause)
          : new Refusal('reader_died', { file: file() }, cause),
      );
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      isFull ||= HEAP_FULL.test(lastWords + text);
      lastWords = (lastWords + text).slice(-LAST_WORDS);
    });
    child.on('message', (message: Message) => {
      try {
        if (message.kind === 'progress') watch(message.progress);
        else if (message.kind === 'answer') done(message.answer);
        else fail(toRefusal(message));
      } catch (error) {
        fail(error as Error);
      }
    });
    child.once('error', died);
    child.once('close', (code, how) => died(lastWords || `it ended with ${code ?? how}`));
    child.send(asking, (error) => error && died(error));
  });
}
