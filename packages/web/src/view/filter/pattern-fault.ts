/** What RE2, which searches for patterns on the server, writes otherwise than browsers do. */
const ownFlags = /\(\?[imsU]*(?:-[imsU]+)?([:)])/g

/** What is wrong with a pattern such as `/[/`; undefined: nothing that can be told before the server tries it. */
export function patternFault(pattern: string): string | undefined {
  if (pattern.includes('\\Q')) return undefined
  const own = pattern.replace(ownFlags, (_, end: string) => (end === ':' ? '(?:' : '(?:)')).replaceAll('(?P<', '(?<')
  try {
    new RegExp(own)
    return undefined
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : ''
    return reason.charAt(0).toLowerCase() + reason.slice(1)
  }
}
