/**
 * The process that reads what people hand in: it gets one task, tells how far it is, answers with what it left in the
 * task's folder, and ends. When the channel closes, whoever asked is gone: then it ends at once.
 */
import { readerHere } from '../stage/reader-here.ts';
import type { StageProgress } from '../stage/task.ts';
import { refusedMessage } from './wire.ts';
import type { Asking, Message } from './wire.ts';

process.once('disconnect', () => process.exit());
process.once('message', (asking: Asking) => void reply(asking));

async function reply(asking: Asking): Promise<void> {
  await say(await messageOf(asking));
  process.disconnect();
}

async function messageOf(asking: Asking): Promise<Message> {
  try {
    return { kind: 'answer', answer: await answerTo(asking) };
  } catch (error) {
    return refusedMessage(error);
  }
}

function answerTo(asking: Asking): Promise<unknown> {
  const tell = (progress: StageProgress) => void process.send?.({ kind: 'progress', progress });
  if (asking.kind === 'inspect') return readerHere.inspect(asking.task, tell);
  return readerHere.stage(asking.task, tell);
}

function say(message: Message): Promise<void> {
  return new Promise((done) => process.send?.(message, () => done()));
}
