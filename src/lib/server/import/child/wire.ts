import { toReply } from '../../control/wire.ts';
import type { Refused } from '../../control/wire.ts';
import type { StagedList, StageProgress } from '../stage/task.ts';

/** What the reading process says to the one that asked it; a StageTask goes the other way. */
export type Message =
  | { kind: 'progress'; progress: StageProgress }
  | { kind: 'staged'; lists: StagedList[] }
  | ({ kind: 'refused' } & Refused);

/** An error of the reading as it travels. */
export function refusedMessage(error: unknown): Message {
  return { kind: 'refused', ...toReply(error) };
}
