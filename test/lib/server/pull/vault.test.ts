import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isPublic } from '#lib/server/pull/address.ts';
import { vaultOf } from '#lib/server/pull/vault.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seven-steps-vault-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a secret', () => {
  it('is opened by the folder’s own key, which only its owner may read', () => {
    const sealed = vaultOf(folder, {}).seal('密码');
    expect(sealed).not.toContain('密码');
    expect(vaultOf(folder, {}).open(sealed)).toBe('密码');
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'secret.key'), 'utf8').length).toBe(44);
  });

  it('is sealed anew each time', () => {
    const vault = vaultOf(folder, { SEVENSTEPS_KEY: 'a key of the house' });
    expect(vault.seal('s')).not.toBe(vault.seal('s'));
  });

  it('stays closed under another key, and when it was changed', () => {
    const sealed = vaultOf(folder, { SEVENSTEPS_KEY: 'a key of the house' }).seal('s');
    expect(() => vaultOf(folder, { SEVENSTEPS_KEY: 'another key of it' }).open(sealed)).toThrow(
      'secret_unreadable',
    );
    const changed = Buffer.from(sealed, 'base64');
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    const vault = vaultOf(folder, { SEVENSTEPS_KEY: 'a key of the house' });
    expect(() => vault.open(changed.toString('base64'))).toThrow('secret_unreadable');
  });

  it('is not sealed under a short key', () => {
    expect(() => vaultOf(folder, { SEVENSTEPS_KEY: 'short' }).seal('s')).toThrow('weak_key');
  });
});

describe('an address', () => {
  it.each([
    ['93.184.216.34', true],
    ['2606:2800:220:1::1', true],
    ['127.0.0.1', false],
    ['10.1.2.3', false],
    ['172.16.0.1', false],
    ['192.168.1.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::1', false],
    ['::', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::ffff:127.0.0.1', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['::7f00:1', false],
    ['::5db8:d822', false],
    ['::ffff:93.184.216.34', true],
    ['168.63.129.16', false],
    ['::ffff:168.63.129.16', false],
    ['168.63.129.17', true],
    ['nonsense', false],
  ])('%s is public: %s', (address, expected) => {
    expect(isPublic(address)).toBe(expected);
  });
});
