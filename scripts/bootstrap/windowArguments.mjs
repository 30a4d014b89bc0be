// Which command lines open the window: `ntscope` and `ntscope --machine M`, with nothing else (DESIGN section 7).

/**
 * @param {readonly string[]} args
 * @returns {boolean}
 */
export function opensWindow(args) {
  const rest = [...args];
  while (rest.length > 0) {
    const word = rest.shift() ?? "";
    if (word === "--machine" && rest.length > 0) rest.shift();
    else if (!word.startsWith("--machine=")) return false;
  }
  return true;
}
