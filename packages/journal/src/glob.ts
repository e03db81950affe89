/**
 * Makes a test for paths whose parts are divided by `/`. In a pattern `*` stands for any characters but `/`, `?` for one,
 * `**` for any number of folders, `[abc]` and `[!abc]` for one of a set, `{a,b}` for either. What is no set, like `[z-a]`,
 * stands for itself. A pattern without `/` matches
 * a name in any folder; one that ends with `/` matches folders, that is, all that is in them. A folder that is matched is
 * matched with all that is in it.
 *
 * @example
 * createGlobMatcher(['*.tmp', 'node_modules/'])('a/b.tmp') // true
 */
export function createGlobMatcher(patterns: readonly string[]): (path: string) => boolean {
  const expressions = patterns.map(toExpression)
  return (path) => expressions.some((expression) => expression.test(path))
}

/** As {@link createGlobMatcher}, but a pattern is about the whole path, as for W&B's `ignore_globs`. */
export function createPathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const expressions = patterns.map((pattern) => new RegExp(`^${toSource(pattern)}$`, 'su'))
  return (path) => expressions.some((expression) => expression.test(path))
}

function toExpression(pattern: string): RegExp {
  const isFolder = pattern.endsWith('/')
  const trimmed = pattern.replace(/^\.?\//, '').replace(/\/+$/, '')
  const isAnywhere = !trimmed.includes('/') && !pattern.startsWith('/')
  const end = isFolder ? '/' : '(?:/|$)'
  return new RegExp(`^${isAnywhere ? '(?:.*/)?' : ''}${toSource(trimmed)}${end}`, 'su')
}

function toSource(pattern: string): string {
  let source = ''
  let depth = 0
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern[index] as string
    if (pattern.startsWith('**/', index)) {
      source += '(?:.*/)?'
      index += 2
    } else if (pattern.startsWith('**', index)) {
      source += '.*'
      index += 1
    } else if (character === '*') source += '[^/]*'
    else if (character === '?') source += '[^/]'
    else if (character === '[') {
      const set = maybeParseSet(pattern, index)
      source += set?.source ?? '\\['
      index = set?.end ?? index
    } else if (character === '{' && pattern.includes('}', index)) {
      source += '(?:'
      depth += 1
    } else if (character === '}' && depth > 0) {
      source += ')'
      depth -= 1
    } else if (character === ',' && depth > 0) source += '|'
    else source += character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  }
  return source + ')'.repeat(depth)
}

/** The set that begins with the bracket at `start`, and where it ends; undefined if it is none. */
function maybeParseSet(pattern: string, start: number): { readonly source: string; readonly end: number } | undefined {
  const isNegated = pattern[start + 1] === '!' || pattern[start + 1] === '^'
  const first = start + (isNegated ? 2 : 1)
  // A bracket in the first place is a member.
  const end = pattern.indexOf(']', first + 1)
  if (end === -1) return undefined
  const members = pattern.slice(first, end).replace(/[\\\]^[]/g, '\\$&')
  const source = isNegated ? `[^/${members}]` : `[${members}]`
  try {
    new RegExp(source, 'u')
  } catch {
    // A range whose end is before its start.
    return undefined
  }
  return { source, end }
}
