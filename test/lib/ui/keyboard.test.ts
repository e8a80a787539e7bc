import { describe, expect, it } from 'vitest';
import { wishOf } from '#lib/ui/keyboard.ts';

const press = (key: string, more = {}) => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  ...more,
});

describe('the keyboard', () => {
  it.each([
    ['ArrowLeft', 'previous'],
    ['ArrowRight', 'next'],
    ['/', 'search'],
    ['?', 'help'],
    ['？', 'help'],
    ['a', null],
  ])('%s asks for %s', (key, wish) => {
    expect(wishOf(press(key), 'page')).toBe(wish);
  });

  it('is silent while somebody writes', () => {
    for (const key of ['ArrowLeft', 'ArrowRight', '/', '?']) expect(wishOf(press(key), 'field')).toBeNull();
    expect(wishOf(press('?', { isComposing: true }), 'page')).toBeNull();
  });

  it('leaves arrows to what they scroll, and only those', () => {
    expect(wishOf(press('ArrowLeft'), 'slide')).toBeNull();
    expect(wishOf(press('/'), 'slide')).toBe('search');
  });

  it.each(['altKey', 'ctrlKey', 'metaKey'])('leaves keys with %s to the browser', (modifier) => {
    expect(wishOf(press('ArrowLeft', { [modifier]: true }), 'page')).toBeNull();
  });
});
