/** The segment in which everything gathers that is too small to be shown to whoever may not see single persons. */
export const TOO_FEW = 'too_few';
