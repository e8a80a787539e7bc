import { Cron } from 'croner';
import { Refusal } from '#lib/errors/refusal.ts';

/** Throws Refusal bad_schedule unless the text is a time as cron writes it. */
export function checkSchedule(text: string): void {
  try {
    new Cron(text, { paused: true }).stop();
  } catch (error) {
    throw new Refusal('bad_schedule', { text }, error);
  }
}
