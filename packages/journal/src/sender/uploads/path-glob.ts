/**
 * A Unix pattern of paths as an expression: `*` and `?` stay within a folder, `**` does not, `[…]` is one of some
 * characters. A pattern without a slash is about the whole path, as W&B's client has it.
 */
export function toPathExpression(glob: string): RegExp {
  let source = ''
  for (let index = 0; index < glob.length; index += 1) {
    const character = glob[index] as string
    const set = character === '[' ? /^\[(!?)([^\]]+)\]/.exec(glob.slice(index)) : null
    if (set !== null) {
      source += `[${set[1] === '!' ? '^' : ''}${(set[2] as string).replaceAll('\\', '\\\\')}]`
      index += set[0].length - 1
    } else if (glob.startsWith('**', index)) {
      source += '.*'
      index += 1
    } else if (character === '*') source += '[^/]*'
    else if (character === '?') source += '[^/]'
    else source += character.replace(/[\\^$.|+(){}[\]/]/, '\\$&')
  }
  return new RegExp(`^${source}$`, 's')
}
