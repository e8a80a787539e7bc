import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findChromium } from '../run/machine.ts';
import { installLighthouse } from './lighthouse-install.ts';

export type Category = 'accessibility' | 'best-practices' | 'performance';

/** One question of Lighthouse: how well it is answered (0…1, null where it does not apply) and what stands against it. */
type Audit = {
  id: string;
  score: number | null;
  numericValue?: number;
  details?: { items?: { node?: { snippet: string } }[] };
};

/** What a run gives, as far as it is read here. */
type Result = {
  finalDisplayedUrl: string;
  runtimeError?: { message: string };
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, Audit>;
};

type Lighthouse = (address: string, flags: object) => Promise<{ lhr: Result } | undefined>;

/** A page as Lighthouse sees it: scores of 0…100, what takes points off, and figures by the audit's name in milliseconds. */
export type Seen = {
  scores: Record<string, number>;
  faults: string[];
  time: (audit: string) => number;
};

export type Judge = {
  /** Loads a page with a fresh cache as whoever has the cookie. Throws where it does not load or leads elsewhere. */
  look(address: string, cookie: string, categories: readonly Category[]): Promise<Seen>;
  close(): Promise<void>;
};

/** How often a page is looked at anew when a busy Chromium has lost the beginning of what it observed. */
const TURNS = 3;

const PHONE = { mobile: true, width: 390, height: 844, deviceScaleFactor: 3, disabled: false };

/**
 * Lighthouse over a Chromium of its own, whose profile lies in the folder. Its mobile profile: a phone of 390 px, and a
 * slow 4G line (150 ms, 1.6 Mbit/s) and a processor of a quarter of this one's speed, both reckoned (`simulate`) from
 * what was observed without brakes, since brakes put on a busy machine measure the machine.
 */
export async function openJudge(folder: string): Promise<Judge> {
  const { default: lighthouse } = (await import(installLighthouse())) as { default: Lighthouse };
  const { port, close } = await openChromium(folder);
  return {
    close,
    look: async (address, cookie, onlyCategories) => {
      for (let turn = 1; ; turn += 1) {
        const run = await lighthouse(address, {
          port,
          logLevel: 'error',
          formFactor: 'mobile',
          screenEmulation: PHONE,
          throttlingMethod: 'simulate',
          disableFullPageScreenshot: true,
          onlyCategories,
          extraHeaders: cookie === '' ? {} : { Cookie: cookie },
        });
        if (run === undefined) throw new Error(`Lighthouse said nothing of ${address}`);
        if (run.lhr.runtimeError === undefined || turn === TURNS) return seen(address, run.lhr);
      }
    },
  };
}

function seen(address: string, { runtimeError, finalDisplayedUrl, categories, audits }: Result): Seen {
  if (runtimeError) throw new Error(`${address}: ${runtimeError.message}`);
  if (new URL(finalDisplayedUrl).pathname !== new URL(address).pathname)
    throw new Error(`${address} led to ${finalDisplayedUrl}`);
  const entries = Object.entries(categories);
  return {
    scores: Object.fromEntries(entries.map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)])),
    faults: entries
      .filter(([name]) => name !== 'performance')
      .flatMap(([, { auditRefs }]) => auditRefs)
      .flatMap(({ id, weight }) => {
        const audit = audits[id];
        return weight > 0 && audit?.score != null && audit.score < 1 ? [faultOf(audit)] : [];
      }),
    time: (audit) => audits[audit]?.numericValue ?? Number.NaN,
  };
}

const faultOf = ({ id, details }: Audit): string =>
  [id, ...(details?.items ?? []).flatMap(({ node }) => node?.snippet ?? [])].join('\n    ');

/** A Chromium that others may steer, at a port that it has chosen. */
async function openChromium(profile: string): Promise<{ port: number; close(): Promise<void> }> {
  const chromium = spawn(
    findChromium() ?? 'chromium',
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--remote-debugging-port=0',
      `--user-data-dir=${join(profile, 'chromium')}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  for await (const text of chromium.stderr.iterator({ destroyOnReturn: false })) {
    said += String(text);
    const port = /DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(said)?.[1];
    if (port === undefined) continue;
    chromium.stderr.resume();
    const close = async () => {
      const ended = once(chromium, 'exit');
      chromium.kill();
      await ended;
    };
    return { port: Number(port), close };
  }
  throw new Error(`Chromium did not start: ${said}`);
}
