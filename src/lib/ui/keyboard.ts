/** What a key asks for. */
export type KeyWish = 'previous' | 'next' | 'search' | 'help';

/** A key as it was pressed. */
export type Press = {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
};

const wishes: Readonly<Record<string, KeyWish>> = {
  ArrowLeft: 'previous',
  ArrowRight: 'next',
  '/': 'search',
  '?': 'help',
  '？': 'help',
};

/** Where the focus is: in something that is written in, or in something that arrow keys move. */
export type Place = 'field' | 'slide' | 'page';

/**
 * What a pressed key asks for; null for other keys, for those with a modifier (the browser's own), while somebody
 * writes, and for arrows where they move something else.
 */
export function wishOf({ key, altKey, ctrlKey, metaKey, isComposing }: Press, place: Place): KeyWish | null {
  if (place === 'field' || altKey || ctrlKey || metaKey || isComposing) return null;
  return place === 'slide' && key.startsWith('Arrow') ? null : (wishes[key] ?? null);
}

/**
 * Where an element lies. Areas that scroll sideways are groups that can have the focus. A dialog that was just closed
 * keeps the focus until the next frame is painted: a key pressed before that is meant for the page.
 */
export function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof Element) || target.closest('dialog:not([open])')) return 'page';
  if (target.closest('input, select, textarea, dialog, [contenteditable]')) return 'field';
  return target.closest('[role="group"][tabindex], [role="slider"]') ? 'slide' : 'page';
}
