import type { Transaction, Warehouse } from './warehouse.ts';

/** What some work on the warehouse gives, of which nothing stays. */
export async function tried<T>(
  { write }: Pick<Warehouse, 'write'>,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  try {
    await write(async (transaction) => {
      throw new Tried(await work(transaction));
    });
  } catch (error) {
    if (error instanceof Tried) return error.answer as T;
    throw error;
  }
  throw new Error('What was tried is always taken back.');
}

/** Carries an answer out of the transaction that must not be kept. */
class Tried extends Error {
  readonly answer: unknown;

  constructor(answer: unknown) {
    super('tried');
    this.answer = answer;
  }
}
