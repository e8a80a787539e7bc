// A reader that says it has begun and never answers.
process.once('message', () => {
  process.send?.({
    kind: 'progress',
    progress: { kind: 'reading', file: 0, records: process.pid, bytes: 0, of: 1 },
  });
  setInterval(() => undefined, 1000);
});
