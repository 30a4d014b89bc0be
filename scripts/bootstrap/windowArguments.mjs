// Which command lines open the window: `ntscope` and `ntscope --machine M`, with what belongs to the machine and nothing
// else (DESIGN section 7).

/**
 * @param {readonly string[]} args
 * @returns {boolean}
 */
export function opensWindow(args) {
  const rest = [...args];
  while (rest.length > 0) {
    const word = rest.shift() ?? "";
    if ((word === "--machine" || word === "--key-file") && rest.length > 0) rest.shift();
    else if (word !== "--make-prefix" && !/^--(?:machine|key-file)=/.test(word)) return false;
  }
  return true;
}
