/**
 * Gives headings the ids that links to them have on GitHub: lower case, without what is no letter, digit, space, `-` or `_`, with
 * `-` for spaces, and with a number where one comes again.
 *
 * @returns a function that makes the next one from a heading's text, without its marks.
 */
export function createHeadingIds(): (text: string) => string {
  const counts = new Map<string, number>()
  return (text) => {
    const id = text
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-')
    const count = counts.get(id) ?? 0
    counts.set(id, count + 1)
    return count === 0 ? id : `${id}-${count}`
  }
}
