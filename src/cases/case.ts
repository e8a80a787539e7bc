/** What became of one published case: null where the product's answer is the published one, else how it differs. */
export type Outcome = { readonly id: string; readonly why: string | null };

/** Reads a file of published cases and asks the product the same. */
export type Cases = (text: string) => readonly Outcome[] | Promise<readonly Outcome[]>;

/** Holds an answer to a published number, to half of its last printed digit. */
export function outcomeOf(id: string, answer: number, published: string): Outcome {
  const digits = published.split('.')[1]?.length ?? 0;
  const apart = Math.abs(answer - Number(published));
  return { id, why: apart <= 0.5 * 10 ** -digits ? null : `${published} is published, ${answer} came` };
}
