import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import { toRefusal } from '../../control/wire.ts';
import { projectRoot } from '../../project.ts';
import type { Reader, StagedList } from '../stage/task.ts';
import type { Message } from './wire.ts';

/** What the reading process may know of this one's surroundings. */
const PASSED = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'UV_THREADPOOL_SIZE'];
/** How much of its last words is kept for the log. */
const LAST_WORDS = 2000;

/**
 * Has a task read by a process of its own: whatever a file does to it, this one and its warehouse stand. Stopped by the
 * signal, it is killed. Throws Refusal reader_died when it ends without an answer (cause: its last words),
 * query_cancelled, and what the reading refuses.
 */
export const childReader: Reader = async (...asked) => readerIn(entry())(...asked);

const entry = () => join(projectRoot(), 'src', 'lib', 'server', 'import', 'child', 'main.ts');

/** A reader in a process that runs the module `entry`; see `childReader`. */
export const readerIn =
  (entry: string): Reader =>
  async (task, tell, signal) => {
    if (signal?.aborted) throw new Refusal('query_cancelled', {});
    const child = start(entry);
    const kill = () => void child.kill('SIGKILL');
    signal?.addEventListener('abort', kill, { once: true });
    try {
      return await answerOf(child, task, tell);
    } catch (error) {
      throw signal?.aborted ? new Refusal('query_cancelled', {}) : error;
    } finally {
      signal?.removeEventListener('abort', kill);
      kill();
    }
  };

function start(entry: string): ChildProcess {
  return fork(entry, [], {
    execArgv: [],
    env: Object.fromEntries(
      PASSED.flatMap((name) => {
        const value = process.env[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

function answerOf(
  child: ChildProcess,
  task: Parameters<Reader>[0],
  tell: Parameters<Reader>[1],
): Promise<StagedList[]> {
  return new Promise((done, fail) => {
    let lastWords = '';
    let file = 0;
    const died = (cause: unknown) =>
      fail(new Refusal('reader_died', { file: task.files[file]?.name ?? '' }, cause));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-LAST_WORDS);
    });
    child.on('message', (message: Message) => {
      try {
        if (message.kind === 'progress') {
          ({ file } = message.progress);
          tell(message.progress);
        } else if (message.kind === 'staged') done(message.lists);
        else fail(toRefusal(message));
      } catch (error) {
        fail(error as Error);
      }
    });
    child.once('error', died);
    child.once('close', (code, how) => died(lastWords || `it ended with ${code ?? how}`));
    child.send(task, (error) => error && died(error));
  });
}
