/*
 * One rule for every list and table whose heads sort: numbers, durations and times begin with the largest or newest, as these are
 * wanted more often; texts begin with A. The next click turns that round.
 */

/** The direction after a click on a head. @param isDescending - As it is sorted by it now; undefined: it is not. */
export function nextDirection(isDescending: boolean | undefined, isText: boolean): boolean | undefined {
  if (isDescending === undefined) return !isText
  return isDescending === isText ? undefined : isText
}

/** What `aria-sort` says of a head. @param isDescending - As its column is sorted by now; undefined: it is not. */
export function ariaSort(isDescending: boolean | undefined): 'ascending' | 'descending' | 'none' {
  if (isDescending === undefined) return 'none'
  return isDescending ? 'descending' : 'ascending'
}

const kindsOfSizes = new Set(['number', 'time', 'timestamp', 'duration', 'boolean'])

/** Whether what is of this kind, of a column of runs or of a table, is put in order from A to Z: whatever has no size. */
export function isTextKind(kind: string): boolean {
  return !kindsOfSizes.has(kind)
}

/** What clicks on a head do, in words. */
export function sortHint(isText: boolean): string {
  return isText ? 'sort from A to Z, then from Z to A' : 'sort with the largest first, then with the smallest'
}
