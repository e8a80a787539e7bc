declare module 'saxen' {
  /** What saxen calls while it parses, as far as it is used here. */
  type Hooks = {
    openTag: (
      name: string,
      attributes: () => Record<string, string>,
      decode: (text: string) => string,
    ) => void;
    closeTag: (name: string) => void;
    text: (text: string, decode: (text: string) => string) => void;
    cdata: (text: string) => void;
    error: (error: Error) => void;
  };

  export class Parser {
    on<H extends keyof Hooks>(hook: H, call: Hooks[H]): this;
    write(piece: string): this;
    end(): this;
  }
}
