import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { checkPassword } from '#lib/server/accounts/password-rule.ts';

async function codeOf(password: string, name = '王静'): Promise<string> {
  try {
    await checkPassword(password, name);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'taken';
}

describe('a password', () => {
  it.each([
    ['seven steps past the door'],
    ['送客七步远再回头看一眼'],
    ['kX9vTq2mWz'],
    ['correcthorsebatterystaple'],
  ])('is taken: %s', async (password) => {
    expect(await codeOf(password)).toBe('taken');
  });

  it.each([
    ['九个字的密码不够长', 'password_too_short'],
    ['x'.repeat(201), 'password_too_long'],
    ['1234567890', 'password_common'],
    ['Password123', 'password_common'],
    ['ＰＡＳＳＷＯＲＤ１２３', 'password_common'],
    ['1qaz2wsx3edc', 'password_common'],
    ['dragon2026!!', 'password_common'],
    ['woaini1314520', 'password_common'],
    ['abababababab', 'password_common'],
  ])('is refused: %s', async (password, code) => {
    expect(await codeOf(password)).toBe(code);
  });

  it('is refused when it is hardly more than the name', async () => {
    expect(await codeOf('Wang.Jing.2026', 'wang.jing.')).toBe('password_like_name');
    expect(await codeOf('wang.jing.wang', 'Wang.Jing.Wang')).toBe('password_like_name');
  });
});
