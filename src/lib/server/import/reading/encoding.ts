import { isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import type { Encoding } from '#lib/exports/reading.ts';
import { decoded } from './transcode.ts';

/** What an encoding makes of a sample: how likely it is, from 0 (hardly) to 1 (surely). */
export type Likelihood = { encoding: Encoding; likelihood: number };

/**
 * The encodings that can read bytes which are not UTF-8, the likeliest first. `knownHeaders` tells how many headers the
 * contract knows when the file is read so; it outweighs all statistics. After it counts how common the characters are
 * that come out (the frequent ones of GB2312 and of Big5 stand in blocks of their own), then chardet's opinion.
 */
export function likelyEncodings(
  sample: Buffer,
  knownHeaders: (encoding: Encoding) => number,
): readonly Likelihood[] {
  const votes = new Map(chardet.analyse(sample).map(({ name, confidence }) => [name, confidence] as const));
  return (Object.keys(shares) as (keyof typeof shares)[])
    .flatMap((encoding) => {
      if (encoding !== 'utf-8' && decoded(sample, encoding, false) === undefined) return [];
      const share = shares[encoding](sample);
      const likelihood = share * 0.9 + ((votes.get(CHARDET[encoding]) ?? 0) / 100) * 0.1;
      return [{ encoding, likelihood, headers: knownHeaders(encoding) }];
    })
    .sort((a, b) => b.headers - a.headers || b.likelihood - a.likelihood)
    .map(({ encoding, likelihood }) => ({ encoding, likelihood }));
}

const CHARDET = {
  'utf-8': 'UTF-8',
  gb18030: 'GB18030',
  big5: 'Big5',
  'windows-1252': 'windows-1252',
  latin1: 'ISO-8859-1',
} as const;

/** For each encoding the share of common characters among those that are not plain ASCII. */
const shares = {
  /** Text in UTF-8 with a damaged spot is still UTF-8: to read it as anything else would garble all of it. */
  'utf-8': (bytes: Uint8Array) => {
    const [good, all] = tally(bytes, (lead, at) => {
      const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
      const isGood = length > 1 && isUtf8(bytes.subarray(at, at + length));
      return { length: isGood ? length : 1, isCommon: isGood };
    });
    return all >= 3 ? good / all : 0;
  },
  gb18030: (bytes: Uint8Array) =>
    share(
      tally(bytes, (lead, at) => {
        const trail = bytes[at + 1] ?? 0;
        const isCommon = trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3);
        return { length: trail >= 0x30 && trail <= 0x39 ? 4 : 2, isCommon };
      }),
    ),
  big5: (bytes: Uint8Array) =>
    share(
      tally(bytes, (lead, at) => {
        const trail = bytes[at + 1] ?? 0;
        const isTrail = (trail >= 0x40 && trail <= 0x7e) || trail >= 0xa1;
        return { length: 2, isCommon: isTrail && lead >= 0xa1 && lead <= 0xc6 };
      }),
    ),
  'windows-1252': (bytes: Uint8Array) => share(tally(bytes, (byte, at) => western(bytes, byte, at, true))),
  latin1: (bytes: Uint8Array) => share(tally(bytes, (byte, at) => western(bytes, byte, at, false))) * 0.99,
};

/** A Western letter outside ASCII seldom stands beside another one; 0x80 to 0x9f are characters in windows-1252 only. */
function western(bytes: Uint8Array, byte: number, at: number, isWindows: boolean) {
  const isAlone = (bytes[at - 1] ?? 0) < 0x80 && (bytes[at + 1] ?? 0) < 0x80;
  const isLetter = byte >= 0xc0 && byte !== 0xd7 && byte !== 0xf7;
  const isSign = byte >= 0xa0 && byte < 0xc0;
  const isWindowsSign = isWindows && byte < 0xa0 && ![0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte);
  return { length: 1, isCommon: isWindowsSign || (isAlone && (isLetter || isSign)) };
}

const share = ([common, all]: readonly [number, number]): number => (all === 0 ? 0 : common / all);

/** How many characters outside ASCII are common, and how many there are. */
function tally(
  bytes: Uint8Array,
  look: (lead: number, at: number) => { length: number; isCommon: boolean },
): [number, number] {
  let common = 0;
  let all = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    const { length, isCommon } = look(lead, at);
    all += 1;
    if (isCommon) common += 1;
    at += length - 1;
  }
  return [common, all];
}
