// A reader that is killed in the middle of a file, by the file's own doing as far as anybody can tell.
process.once('message', () => {
  process.send?.({ kind: 'progress', progress: { kind: 'reading', file: 1, records: 0, bytes: 0, of: 1 } });
  process.stderr.write('a terrible file', () => process.kill(process.pid, 'SIGKILL'));
});
