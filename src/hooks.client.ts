import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { isLocale } from '#lib/words/locale.ts';

overwriteGetLocale(() => {
  const { lang } = document.documentElement;
  return isLocale(lang) ? lang : 'en';
});
