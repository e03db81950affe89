/**
 * Tests texts against a pattern of SQL's LIKE: `%` is anything, `_` one character. Takes at most as many steps as the lengths of
 * pattern and text multiplied: a regular expression would try every way to share out a text between many `%`.
 */
export function createLikeMatcher(pattern: string): (text: string) => boolean {
  const wanted = [...pattern]
  return (text) => {
    const given = [...text]
    let at = 0
    let wantedAt = 0
    /** The last `%` so far, and where in the text what follows it is tried. */
    let wildcardAt = -1
    let triedAt = 0
    while (at < given.length) {
      if (wanted[wantedAt] === '%') {
        wildcardAt = wantedAt
        triedAt = at
        wantedAt += 1
      } else if (wanted[wantedAt] === '_' || wanted[wantedAt] === given[at]) {
        wantedAt += 1
        at += 1
      } else if (wildcardAt >= 0) {
        // The last wildcard takes one character more; an earlier one need not.
        triedAt += 1
        at = triedAt
        wantedAt = wildcardAt + 1
      } else return false
    }
    return wanted.slice(wantedAt).every((sign) => sign === '%')
  }
}
