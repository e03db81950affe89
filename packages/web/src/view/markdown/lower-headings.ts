/**
 * Puts the headings of a text below the one that the text belongs to, without leaving a level out, whatever levels it has itself:
 * people who hear a page go by them.
 *
 * @param tokens - Changed in place. Of headings, `tag` is `h1` to `h6`.
 */
export function lowerHeadings(tokens: readonly { readonly type: string; tag: string }[], level: number): void {
  const above: number[] = []
  for (const token of tokens) {
    if (token.type === 'heading_open') {
      const own = Number(token.tag.slice(1))
      while (above.length > 0 && above.at(-1)! >= own) above.pop()
      above.push(own)
    }
    if (token.type.startsWith('heading_')) token.tag = `h${Math.min(6, level + above.length)}`
  }
}
