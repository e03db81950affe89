import { ProtocolError } from '../errors.ts'

const nameLengthMax = 128

/**
 * Checks the name of a new artifact: 1…128 of the characters `a-z A-Z 0-9 _ - .`.
 *
 * @throws {@link ProtocolError} `invalid-name`
 */
export function parseArtifactName(text: string): string {
  checkLength('artifact name', text)
  if (text === '.' || text === '..') throw invalidName('artifact name', text, 'it means a folder')
  if (!/^[a-zA-Z0-9_\-.]+$/.test(text)) {
    throw invalidName('artifact name', text, 'allowed are letters, digits and _ - . without accents')
  }
  return text
}

/**
 * Checks the type of an artifact: 1…128 characters without `/` and `:`.
 *
 * @throws {@link ProtocolError} `invalid-name`
 */
export function parseArtifactType(text: string): string {
  checkLength('artifact type', text)
  checkSeparators('artifact type', text)
  return text
}

/**
 * Checks an alias: 1…128 characters without `/` and `:`.
 *
 * @throws {@link ProtocolError} `invalid-name`
 */
export function parseArtifactAlias(text: string): string {
  checkLength('alias', text)
  checkSeparators('alias', text)
  return text
}

/**
 * Checks a tag of an artifact: 1…128 characters; words of letters, digits, `_` and `-`, with spaces between them.
 *
 * @throws {@link ProtocolError} `invalid-name`
 */
export function parseArtifactTag(text: string): string {
  checkLength('tag', text)
  if (!/^[-\p{L}\p{N}_]+( +[-\p{L}\p{N}_]+)*$/u.test(text)) {
    throw invalidName('tag', text, 'allowed are words of letters, digits, _ and -, with spaces between them')
  }
  return text
}

/** Whether W&B's clients keep a type, or a type together with such a name, for artifacts that they make themselves. */
export function isReservedArtifactType(type: string, name: string): boolean {
  if (type.startsWith('wandb-') || type === 'job') return true
  return (type === 'run_table' && name.startsWith('run-')) || (type === 'code' && name.startsWith('source-'))
}

/** Whether an alias looks like a version, such as `v3`, and would be taken for one. */
export function isVersionAlias(alias: string): boolean {
  return /^v\d+$/.test(alias)
}

/**
 * A name with every character that an artifact's name may not have replaced by `_`, and cut in the middle when it is too
 * long, as W&B's client names artifacts after paths.
 */
export function makeArtifactNameSafe(name: string): string {
  const safe = name.replace(/[^a-zA-Z0-9_\-.]/gu, '_')
  if (safe.length <= nameLengthMax) return safe
  const kept = Math.floor((nameLengthMax - 2) / 2)
  return `${safe.slice(0, kept)}..${safe.slice(safe.length - kept)}`
}

function checkLength(what: string, text: string): void {
  if (text.length >= 1 && text.length <= nameLengthMax) return
  throw invalidName(what, text, `it has ${text.length} characters, and 1 to ${nameLengthMax} are allowed`)
}

function checkSeparators(what: string, text: string): void {
  if (/[/:]/.test(text)) throw invalidName(what, text, 'it may not hold "/" or ":"')
}

function invalidName(what: string, text: string, reason: string): ProtocolError {
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
  return new ProtocolError({ code: 'invalid-name', message: `Not a valid ${what}: ${shown}; ${reason}.` })
}
