import type { LayoutServerLoad } from './$types';

/** What every page needs: the reader's language and colours, and whose data are shown. */
export const load: LayoutServerLoad = ({ locals: { locale, theme, isSample } }) => ({
  locale,
  theme,
  isSample,
});
