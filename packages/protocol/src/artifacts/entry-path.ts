import { ProtocolError } from '../errors.ts'

/**
 * Checks the path of a file in an artifact: relative, parts divided by `/`, none of them empty, `.` or `..`, no control
 * character NUL, and text that can be written as UTF-8. Such a path cannot lead out of the folder it is put in, on any
 * system: what Windows would take for a drive or for a way upwards is refused too, as W&B's client does.
 *
 * @returns the path, unchanged.
 * @throws {@link ProtocolError} `invalid-name`
 */
export function parseEntryPath(text: string): string {
  const reason = findFault(text)
  if (reason === undefined) return text
  const shown = JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text)
  throw new ProtocolError({
    code: 'invalid-name',
    message: `Not a path in an artifact: ${shown}; ${reason}.`,
    hint: 'Such a path is relative, its parts are divided by "/", and none of them is ".." or empty.',
  })
}

/**
 * The path that is meant by a less strict one: `./a//b/` is `a/b`. Parts `..` are refused, as W&B's client does.
 *
 * @throws {@link ProtocolError} `invalid-name`
 */
export function normalizeEntryPath(text: string): string {
  if (text.startsWith('/')) return parseEntryPath(text)
  const parts = text.split('/').filter((part) => part !== '' && part !== '.')
  return parseEntryPath(parts.join('/'))
}

function findFault(text: string): string | undefined {
  if (text === '') return 'it is empty'
  if (text.includes('\0')) return 'it holds a NUL character'
  if (!text.isWellFormed()) return 'it holds half a character, which cannot be written as UTF-8'
  if (/^[/\\]|^[a-z]:/i.test(text)) return 'it is absolute'
  if (text.split(/[/\\]/).includes('..')) return 'it leads upwards'
  const parts = text.split('/')
  if (parts.includes('') || parts.includes('.')) return 'a part of it is empty or "."'
  return undefined
}
