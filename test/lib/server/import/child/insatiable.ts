// A reader whose file never ceases to fill its memory.
const kept: string[][] = [];
process.once('message', () => {
  for (;;) kept.push(Array.from({ length: 10_000 }, (_, at) => `${kept.length}.${at}`));
});
