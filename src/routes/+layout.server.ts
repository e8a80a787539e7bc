import type { LayoutServerLoad } from './$types';

/**
 * What every page needs: its own address, the reader's language and colours, and whose data are shown. What depends on
 * the address is asked anew with each page: the first data may have come in meanwhile, from anywhere.
 */
export const load: LayoutServerLoad = ({
  url: { pathname, search },
  locals: { locale, theme, isSample },
}) => ({
  here: pathname + search,
  locale,
  theme,
  isSample,
});
