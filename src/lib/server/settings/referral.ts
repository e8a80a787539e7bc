import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Locale } from '#lib/words/locale.ts';
import { projectRoot } from '../project.ts';

const words = z.object({ en: z.string(), 'zh-Hans': z.string(), 'zh-Hant': z.string() });

/** What a trade gives for referrals: levels of the card and rewards, each from an order of the referrer on. */
const referral = z.object({
  window_days: z.int().positive(),
  levels: z.array(z.object({ key: z.string(), word: words, from_orders: z.int() })),
  rewards: z.array(z.object({ from_orders: z.int(), amount: z.string() })),
});

export type Referral = z.infer<typeof referral>;

const NONE: Referral = { window_days: 180, levels: [], rewards: [] };
const known = new Map<string, Referral>();

/** The referral programme of a playbook, by its key; nothing is given where it has none. */
export function referralOf(playbook: string): Referral {
  const found = known.get(playbook) ?? readReferral(playbook);
  known.set(playbook, found);
  return found;
}

/** What a level of the card is called; its key where the playbook does not say. */
export function levelWord({ levels }: Referral, locale: Locale, key: string): string {
  return levels.find((level) => level.key === key)?.word[locale] ?? key;
}

function readReferral(playbook: string): Referral {
  const file = join(projectRoot(), 'data', 'playbooks', `${playbook}.json`);
  const { referral: found } = z
    .object({ referral: referral.optional() })
    .parse(JSON.parse(readFileSync(file, 'utf8')));
  return found ?? NONE;
}
