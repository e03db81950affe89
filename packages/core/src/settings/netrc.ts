/**
 * Finds the password of a host in the text of a `.netrc` file.
 *
 * @param host - Host with its port, if it has one, as in a URL.
 * @returns `undefined` when there is no `machine` entry for the host. A `default` entry is not used: a key is only
 *   sent to the server it was stored for.
 */
export function findNetrcPassword(netrc: string, host: string): string | undefined {
  const words = netrc
    .split(/\r?\n/)
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
    .split(/\s+/)
  const hostname = host.replace(/:\d+$/, '')
  let machine: string | undefined
  for (let index = 0; index < words.length; index += 1) {
    const value = words[index + 1]
    switch (words[index]) {
      case 'machine':
        machine = value
        index += 1
        break
      case 'default':
        machine = undefined
        break
      case 'login':
      case 'account':
        index += 1
        break
      case 'password':
        if (machine === host || machine === hostname) return value
        index += 1
        break
      default:
    }
  }
  return undefined
}
