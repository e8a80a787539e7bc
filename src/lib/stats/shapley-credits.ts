import { channelsOf } from './touch-paths.ts';
import type { Credit, TouchPath } from './touch-paths.ts';

/**
 * The Shapley value of each channel where a set of channels is worth what all brought whom no other channel touched (Shapley
 * 1953). Everybody's worth then goes in equal parts to the different channels that touched them (Zhao, Mahboobi & Bagheri
 * 2018, arXiv:1804.05327), so any number of channels is exact and the credits sum to the worth of all paths. Paths without a
 * channel credit nobody and are for the caller to show on a line of their own.
 */
export function shapleyCredits(paths: readonly TouchPath[]): Credit[] {
  const credits = new Map(channelsOf(paths).map((channel) => [channel, 0]));
  for (const { channels, worth } of paths) {
    const different = new Set(channels);
    for (const channel of different)
      credits.set(channel, (credits.get(channel) ?? 0) + worth / different.size);
  }
  return [...credits].map(([channel, credit]) => ({ channel, credit }));
}
