/**
 * Makes a test for paths whose parts are divided by `/`. In a pattern `*` stands for any characters but `/`, `?` for one,
 * `**` for any number of folders, `[abc]` and `[!abc]` for one of a set, `{a,b}` for either. A pattern without `/` matches
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
      const close = pattern.indexOf(']', index + 2)
      if (close === -1) source += '\\['
      else {
        source += toSet(pattern.slice(index + 1, close))
        index = close
      }
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

function toSet(content: string): string {
  const isNegated = content.startsWith('!') || content.startsWith('^')
  const members = (isNegated ? content.slice(1) : content).replace(/[\\\]^[]/g, '\\$&')
  return isNegated ? `[^/${members}]` : `[${members}]`
}
