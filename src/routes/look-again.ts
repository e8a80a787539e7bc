const LOOK_MS = 300;

/** Does `look` again and again, a moment after it was done; ends with what it returns. */
export function lookAgain(look: () => Promise<void>): () => void {
  let asking = true;
  const once = async () => {
    await look();
    if (asking) timer = setTimeout(once, LOOK_MS);
  };
  let timer = setTimeout(once, LOOK_MS);
  return () => {
    asking = false;
    clearTimeout(timer);
  };
}
