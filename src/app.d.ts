import type { Viewer } from '#lib/access/viewer.ts';
import type { Accounts } from '#lib/server/accounts/accounts.ts';
import type { App as Studio } from '#lib/server/app.ts';
import type { Figure } from '#lib/server/figures/figure.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import type { Own } from '#lib/server/studio/studios.ts';
import type { Locale } from '#lib/words/locale.ts';

declare global {
  namespace App {
    interface Locals {
      /** The stores of the studio that is shown. */
      app: Studio;
      /** The warehouse of the studio that is shown, as whoever sends the request may ask it. */
      asker: Asker;
      /** Whether that is the sample studio and not the owner's own data. */
      isSample: boolean;
      /** The owner's own studio, where lists can be imported; null when only the sample is open. */
      own: Own | null;
      /** Who may sign in; null where only the sample is open, in which nobody does. */
      accounts: Accounts | null;
      /** Who asks, see `server/access/doors.ts` for what they may. */
      viewer: Viewer;
      locale: Locale;
      theme: 'light' | 'dark' | 'auto';
    }
    interface PageData {
      /** Shows what the data gave before they changed: the new figures are not there yet. */
      isOlder?: boolean;
    }
    interface PageState {
      /** The number that lies open over the page. */
      figure?: Figure;
      /** How many numbers were opened one out of the other, this one included. */
      depth?: number;
    }
    interface Error {
      code: string;
      message: string;
      remedy: string;
      /** The request's id in the server's log, where the fault is ours. */
      request?: string;
    }
  }
}
