/**
 * The process that reads what people hand in: it gets one task, tells how far it is, answers with what it left in the
 * task's folder, and ends. When the channel closes, whoever asked is gone: then it ends at once.
 */
import { readTask } from '../stage/read-task.ts';
import type { StageTask } from '../stage/task.ts';
import { refusedMessage } from './wire.ts';
import type { Message } from './wire.ts';

process.once('disconnect', () => process.exit());
process.once('message', (task: StageTask) => void answer(task));

async function answer(task: StageTask): Promise<void> {
  await say(await messageOf(task));
  process.disconnect();
}

async function messageOf(task: StageTask): Promise<Message> {
  try {
    const lists = await readTask(task, (progress) => void process.send?.({ kind: 'progress', progress }));
    return { kind: 'staged', lists };
  } catch (error) {
    return refusedMessage(error);
  }
}

function say(message: Message): Promise<void> {
  return new Promise((done) => process.send?.(message, () => done()));
}
