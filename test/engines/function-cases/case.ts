/** A value of a case as text, a number or nothing; doubles are compared within 1e-9 relative. */
export type CaseValue = string | number | boolean | null;

/** One function of the dialect: how it is called on columns of table t, and what comes out for each row of inputs. */
export type FunctionCase = {
  readonly name: string;
  /** The call on t.a, t.b, t.c, t.d. */
  readonly call: string;
  /** SQL types of the inputs, in order. */
  readonly inputs: readonly string[];
  readonly gives: string;
  /** An aggregate gives one value over all rows: that of the first row. */
  readonly aggregate?: boolean;
  /** Inputs, then the result. */
  readonly rows: readonly (readonly CaseValue[])[];
};
