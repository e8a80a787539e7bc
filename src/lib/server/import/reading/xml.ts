import { Parser } from 'saxen';

/** What is done with the elements of an XML text as they come; names are without their namespace. */
export type Elements = {
  open?: (name: string, attribute: (name: string) => string | undefined) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
};

/** An XML text that comes in pieces. Both functions throw where it is none. */
export type XmlReader = { write(bytes: Buffer): void; end(): void };

/** Reads an XML text in UTF-8, piece by piece. */
export function xmlReader({ open, close, text }: Elements): XmlReader {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parser = new Parser();
  parser.on('error', (error) => {
    throw error;
  });
  if (open)
    parser.on('openTag', (name, attributes, decode) => {
      let known: Record<string, string> | undefined;
      open(local(name), (wanted) => {
        known ??= attributes();
        const value = known[wanted];
        return value === undefined ? undefined : decode(value);
      });
    });
  if (close) parser.on('closeTag', (name) => close(local(name)));
  if (text) {
    parser.on('text', (given, decode) => text(decode(given)));
    parser.on('cdata', text);
  }
  return {
    write: (bytes) => void parser.write(decoder.decode(bytes, { stream: true })),
    end: () => {
      parser.write(decoder.decode());
      parser.end();
    },
  };
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
