import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';

/** Keeps secrets unreadable for whoever gets hold of the store alone. */
export type Vault = {
  seal(secret: string): string;
  /** Throws Refusal secret_unreadable when it was sealed with another key. */
  open(sealed: string): string;
  /** A key of its own for another purpose, as hexadecimal text: the same each time, and nothing says this one's. */
  derive(purpose: string): string;
};

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The vault of a data folder: AES-256-GCM under the key in SEVENSTEPS_KEY (any text of at least 16 characters), else under
 * a random one in the folder's file `secret.key`, made with mode 0600 when it is first needed.
 * Throws Refusal weak_key.
 */
export function vaultOf(data: string, environment: NodeJS.ProcessEnv): Vault {
  let key: Buffer | undefined;
  const ownKey = () => (key ??= keyIn(environment) ?? keyFile(join(data, 'secret.key')));
  return {
    seal: (secret) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', ownKey(), nonce);
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64');
      try {
        const decipher = createDecipheriv('aes-256-gcm', ownKey(), bytes.subarray(0, NONCE_BYTES));
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        const opened = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([opened, decipher.final()]).toString('utf8');
      } catch (error) {
        throw new Refusal('secret_unreadable', {}, error);
      }
    },
    derive: (purpose) => Buffer.from(hkdfSync('sha256', ownKey(), '', purpose, KEY_BYTES)).toString('hex'),
  };
}

function keyIn({ SEVENSTEPS_KEY: text }: NodeJS.ProcessEnv): Buffer | undefined {
  if (text === undefined || text === '') return undefined;
  if (text.length < 16) throw new Refusal('weak_key', {});
  return createHash('sha256').update(text).digest();
}

function keyFile(path: string): Buffer {
  if (!existsSync(path))
    writeFileSync(path, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600, flag: 'wx' });
  chmodSync(path, 0o600);
  const key = Buffer.from(readFileSync(path, 'utf8'), 'base64');
  if (key.length !== KEY_BYTES) throw new Refusal('secret_unreadable', {}, path);
  return key;
}
