import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSettings, settingName, settingNames } from '#lib/server/settings/settings.ts';
import { hasWord } from '#lib/words/word.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seven-steps-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('settings', () => {
  it('have a first value each: the machine’s time zone, CNY, weeks from Monday, no margin rate, the wedding-photo studio', () => {
    const settings = openSettings(':memory:');
    expect(settings.all()).toEqual({
      time_zone: 'Asia/Shanghai',
      currency: 'CNY',
      week_start: 'monday',
      margin_rate: 'none',
      playbook: 'wedding-photo',
      upload_limit: '2000',
    });
    settings.close();
  });

  it('stay when the program ends', () => {
    const file = join(folder, 'app.sqlite');
    const before = openSettings(file);
    before.set('time_zone', 'Asia/Taipei');
    before.set('margin_rate', '0.45');
    before.close();
    const after = openSettings(file);
    expect([after.get('time_zone'), after.get('margin_rate')]).toEqual(['Asia/Taipei', '0.45']);
    after.close();
  });

  it.each([
    ['time_zone', 'Mars/Olympus'],
    ['currency', 'shells'],
    ['week_start', 'friday'],
    ['margin_rate', '45'],
    ['margin_rate', ''],
    ['playbook', '../etc'],
    ['playbook', 'calendar-cn'],
  ] as const)('refuse %s = “%s” and keep what was', (name, value) => {
    const settings = openSettings(':memory:');
    const before = settings.get(name);
    expect(() => settings.set(name, value)).toThrow(expect.objectContaining({ code: 'bad_setting' }));
    expect(settings.get(name)).toBe(before);
    settings.close();
  });

  it('are known by name and explained', () => {
    expect(() => settingName('colour')).toThrow(expect.objectContaining({ code: 'unknown_setting' }));
    for (const name of settingNames) expect(hasWord(`setting.${name}`)).toBe(true);
  });

  it('cannot be opened in a folder that is not there', () => {
    expect(() => openSettings(join(folder, 'no', 'app.sqlite'))).toThrow(
      expect.objectContaining({ code: 'store_unreadable' }),
    );
  });
});
