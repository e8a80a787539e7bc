import { toReply } from '../../control/wire.ts';
import type { Refused } from '../../control/wire.ts';
import type { InspectTask, StageProgress, StageTask } from '../stage/task.ts';

/** What the reading process is asked, once. */
export type Asking = { kind: 'stage'; task: StageTask } | { kind: 'inspect'; task: InspectTask };

/** What it says to the one that asked it; the last message is an answer or a refusal. */
export type Message =
  | { kind: 'progress'; progress: StageProgress }
  | { kind: 'answer'; answer: unknown }
  | ({ kind: 'refused' } & Refused);

/** An error of the reading as it travels. */
export function refusedMessage(error: unknown): Message {
  return { kind: 'refused', ...toReply(error) };
}
