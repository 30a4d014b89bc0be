/** Loads again when something changed, never twice at once, and once more when it changed while a load was on its way. */
export function pacedLoad(load: () => Promise<void>): () => void {
  let isLoading = false;
  let isDue = false;
  const run = async () => {
    isLoading = true;
    do {
      isDue = false;
      await load();
    } while (isDue);
    isLoading = false;
  };
  return () => {
    if (isLoading) isDue = true;
    else void run();
  };
}
