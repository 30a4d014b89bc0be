/** Holds back code that is open at the start but not what is looked at first: the namespace. */
import { useTree } from "../views/objects/treeStore";

/** Ms. Without an engine there is no namespace, and the rest of the window is wanted all the more. */
const longestWait = 1_500;

/** Once the tree has its first directories, and the page a moment to itself. */
export async function afterFirstLook(): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = () => {
      if (useTree.getState().children.size > 0) end();
    };
    const unsubscribe = useTree.subscribe(look);
    const timer = setTimeout(end, longestWait);
    function end() {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    }
    look();
  });
  await new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: longestWait }));
}
