/** One word of a `.netrc`, and where it stands in the text. */
interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** What a `machine` line and those that follow it say. */
interface Machine {
  readonly name: string
  /** All words of the entry, `machine` among them. */
  readonly words: readonly Word[]
  readonly password: Word | undefined
}

/**
 * Finds the password of a host in the text of a `.netrc` file.
 *
 * @param host - Host with its port, if it has one, as in a URL.
 * @returns `undefined` when there is no `machine` entry for the host. A `default` entry is not used: a key is only
 *   sent to the server it was stored for.
 */
export function findNetrcPassword(netrc: string, host: string): string | undefined {
  const { machines } = readEntries(netrc)
  return (findPassword(machines, host) ?? findPassword(machines, host.replace(/:\d+$/, '')))?.text
}

/** Where the password of a name stands: in its first entry that has one. */
function findPassword(machines: readonly Machine[], name: string): Word | undefined {
  return machines.find((machine) => machine.name === name && machine.password !== undefined)?.password
}

/**
 * Sets the password of a host, as W&B's client would write it. Other entries, comments and blank lines stay as they are.
 */
export function setNetrcPassword(netrc: string, host: string, password: string): string {
  const { machines } = readEntries(netrc)
  const current = findPassword(machines, host)
  if (current !== undefined) return netrc.slice(0, current.start) + password + netrc.slice(current.end)
  const kept = removeWords(
    netrc,
    machines.flatMap((machine) => (machine.name === host ? machine.words : [])),
  )
  const added = `machine ${host}\n  login user\n  password ${password}\n`
  // Readers stop at `default`.
  const end = readEntries(kept).default?.start
  if (end !== undefined) return `${closeLine(kept.slice(0, end))}${added}${kept.slice(end)}`
  // A macro goes on up to an empty line.
  const isInMacro = /(^|\n)\s*macdef(?!.*\n[ \t]*\n)/s.test(kept)
  return `${closeLine(kept)}${isInMacro ? '\n' : ''}${added}`
}

function closeLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

/**
 * Removes the entries that {@link findNetrcPassword} would look at for a host. What is not theirs stays as it is.
 */
export function removeNetrcEntry(netrc: string, host: string): string {
  const { machines } = readEntries(netrc)
  const name = machines.some((machine) => machine.name === host) ? host : host.replace(/:\d+$/, '')
  return removeWords(
    netrc,
    machines.flatMap((machine) => (machine.name === name ? machine.words : [])),
  )
}

/** The entries, and the word that begins the `default` one. */
function readEntries(netrc: string): { readonly machines: readonly Machine[]; readonly default: Word | undefined } {
  const words = [...readWords(netrc)]
  const machines: Machine[] = []
  let defaultWord: Word | undefined
  let isOurs = false
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]!
    const value = words[index + 1]
    const hasValue = ['machine', 'login', 'account', 'password'].includes(word.text) && value !== undefined
    if (hasValue) index += 1
    if (word.text === 'machine' && value !== undefined) {
      machines.push({ name: value.text, words: [word, value], password: undefined })
      isOurs = true
    } else if (word.text === 'default') {
      defaultWord ??= word
      isOurs = false
    } else if (isOurs) {
      const machine = machines.pop()!
      machines.push({
        ...machine,
        words: [...machine.words, word, ...(hasValue ? [value] : [])],
        password: word.text === 'password' && hasValue ? value : machine.password,
      })
    }
  }
  return { machines, default: defaultWord }
}

/** Words outside of comments and macros. */
function* readWords(netrc: string): Generator<Word> {
  let lineStart = 0
  let isMacro = false
  for (const line of netrc.split(/(?<=\n)/)) {
    const isBlank = line.trim() === ''
    // A macro goes on up to an empty line.
    if (isMacro) isMacro = !isBlank
    else if (!line.trimStart().startsWith('#')) {
      for (const match of line.matchAll(/\S+/g)) {
        if (match[0] === 'macdef') {
          isMacro = true
          break
        }
        const start = lineStart + match.index
        yield { text: match[0], start, end: start + match[0].length }
      }
    }
    lineStart += line.length
  }
}

/** The text without some of its words, and without the lines that held nothing else. */
function removeWords(text: string, words: readonly Word[]): string {
  let lineStart = 0
  const lines = text.split(/(?<=\n)/).map((line) => {
    const here = words.filter(({ start }) => start >= lineStart && start < lineStart + line.length)
    const from = lineStart
    lineStart += line.length
    if (here.length === 0) return line
    let rest = line
    for (const { start, end } of here.toReversed()) rest = rest.slice(0, start - from) + rest.slice(end - from)
    return rest.trim() === '' ? '' : rest
  })
  return lines.join('')
}
