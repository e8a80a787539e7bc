import { encode } from 'uqr';

/** The key of a second step as authenticator apps take it: typed, opened on the phone, or scanned. */
export type AppKey = {
  /** Base32. */
  secret: string;
  uri: string;
  /** A QR code of `uri`: modules a side, its quiet zone among them, and the dark ones as the path of an SVG. */
  picture: { size: number; path: string };
};

export const APP_NAME = 'Seven Steps';

/** Modules around a QR code that stay light (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** The key of somebody's second step; null where what is said to be a secret is none. */
export function appKeyOf(name: string, secret: string): AppKey | null {
  if (!/^[A-Z2-7]{16,128}$/.test(secret)) return null;
  const label = `${encodeURIComponent(APP_NAME)}:${encodeURIComponent(name)}`;
  const uri = `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(APP_NAME)}`;
  return { secret, uri, picture: pictureOf(uri) };
}

function pictureOf(text: string): AppKey['picture'] {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  const rows = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: rows.join('') };
}
