/** The address of a customer's file, by the key of the customer or of one of their journeys. */
export const fileLink = (key: string): string => `/customers/${encodeURIComponent(key)}`;

/** The number behind a key, as the lists have it: C:C7 is C7. */
export const numberOf = (key: string): string => key.replace(/^[A-Z]:/, '');
