/**
 * Wildcards over names, and the patterns of quick filters and searches. Linear in practice and never worse than pattern
 * times text, whatever is typed: it goes over names that drivers chose.
 */

/** With `*` or `?` the pattern must cover the whole text, else it may occur anywhere in it. Case does not matter. */
export function compileNamePattern(pattern: string): (text: string) => boolean {
  const wanted = pattern.toLowerCase();
  if (!/[*?]/.test(wanted)) return (text) => text.toLowerCase().includes(wanted);
  return (text) => matchesGlob(wanted, text.toLowerCase());
}

/** `*` (any run) and `?` (any one code unit) against the whole text, without case. */
export function matchesWildcards(pattern: string, text: string): boolean {
  return matchesGlob(pattern.toLowerCase(), text.toLowerCase());
}

/** Goes back only to the last star: an earlier one can never mend what a later one could not. */
function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let next = 0;
  while (at < text.length) {
    const wanted = pattern[next];
    if (wanted === "*") {
      star = next;
      resume = at;
      next += 1;
    } else if (wanted === "?" || wanted === text[at]) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      next = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[next] === "*") next += 1;
  return next === pattern.length;
}

/** As {@link FindQuery.pattern}: against the path when the pattern holds a backslash, else against the name. */
export function compileSearchPattern(pattern: string): (name: string, path: string) => boolean {
  const isMatch = compileNamePattern(pattern);
  return pattern.includes("\\") ? (_name, path) => isMatch(path) : (name) => isMatch(name);
}
