import { ownPageOf } from '#lib/server/access/view-as.ts';
import type { OwnPage } from '#lib/server/access/view-as.ts';
import { noteLook } from '#lib/server/customers/opening.ts';
import { processLog } from '#lib/server/log/log.ts';

/** Whose own page or figure an address asks for, see ownPageOf; who looks as whom stands in the owner's log and in the server's. */
export function ownOf(
  { app, asker }: Pick<App.Locals, 'app' | 'asker'>,
  named: string | null,
  signal: AbortSignal,
): Promise<OwnPage | null> {
  const noted: Parameters<typeof ownPageOf>[2] = (viewer, staffId) => {
    processLog().lookedAs({ who: viewer.id, as: staffId });
    noteLook(app, viewer, staffId);
  };
  return ownPageOf(asker, named, noted, { signal });
}
