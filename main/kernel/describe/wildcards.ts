/**
 * `*` (any run) and `?` (any one code unit), without case. Linear in practice and never worse than text times pattern,
 * whatever the pattern: it comes from the user and goes over names that drivers chose.
 */
export function matchesWildcards(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
  let at = 0;
  let star = -1;
  let restart = 0;
  let index = 0;
  while (index < given.length) {
    if (at < wanted.length && wanted[at] === "*") {
      star = at;
      at += 1;
      restart = index;
    } else if (at < wanted.length && (wanted[at] === "?" || wanted[at] === given[index])) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      restart += 1;
      index = restart;
    } else {
      return false;
    }
  }
  while (wanted[at] === "*") at += 1;
  return at === wanted.length;
}

/** A pattern without wildcards means: contains. */
export function matcherOf(pattern: string): (text: string) => boolean {
  if (/[*?]/.test(pattern)) return (text) => matchesWildcards(pattern, text);
  const wanted = pattern.toLowerCase();
  return (text) => text.toLowerCase().includes(wanted);
}
