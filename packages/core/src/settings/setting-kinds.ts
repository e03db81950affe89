import { parseEntityName, parseProjectName, parseRunId, parseTag } from '@lossline/protocol'
import { parseRunStep } from '../resume/branch.ts'
import { blockedPorts } from './blocked-ports.ts'
import type { Reinit, Resume, Settings } from './settings.ts'

/** Turns text or a value of an option into a setting's value; throws an Error that says what is allowed. */
export type SettingParser<Value> = (input: unknown) => Value

export const text: SettingParser<string> = (input) => {
  if (typeof input !== 'string') throw new TypeError(`it is text, not ${kindOf(input)}.`)
  return input
}

export const flag: SettingParser<boolean> = (input) => {
  if (typeof input === 'boolean') return input
  const word = typeof input === 'string' ? input.trim().toLowerCase() : ''
  if (['true', '1', 'yes', 'on'].includes(word)) return true
  if (['false', '0', 'no', 'off'].includes(word)) return false
  throw new TypeError(`it is true or false, not ${show(input)}.`)
}

export const milliseconds: SettingParser<number> = (input) => {
  const number = typeof input === 'string' && input.trim() !== '' ? Number(input) : input
  if (typeof number !== 'number' || !(number >= 0) || number === Number.POSITIVE_INFINITY) {
    throw new TypeError(`it is a number of milliseconds from 0, not ${show(input)}.`)
  }
  return number
}

export const samplingInterval: SettingParser<number> = (input) => {
  const intervalMs = milliseconds(input)
  if (intervalMs < 100) throw new TypeError(`it is a number of milliseconds from 100, not ${intervalMs}.`)
  return intervalMs
}

/** A list, or text with commas between the paths. */
export const pathList: SettingParser<readonly string[]> = (input) => {
  const paths = typeof input === 'string' ? input.split(',').map((path) => path.trim()) : input
  if (!Array.isArray(paths)) throw new TypeError(`it is a list of texts, not ${kindOf(input)}.`)
  return paths.filter((path) => path !== '').map(text)
}

export const projectName: SettingParser<string> = (input) => parseProjectName(text(input))
export const entityName: SettingParser<string> = (input) => parseEntityName(text(input))
export const runId: SettingParser<string> = (input) => parseRunId(text(input))

/** A list, or text with commas between. */
export const textList: SettingParser<readonly string[]> = (input) => {
  const words = typeof input === 'string' ? input.split(',').map((word) => word.trim()) : input
  if (!Array.isArray(words)) throw new TypeError(`it is a list of texts, not ${kindOf(input)}.`)
  return words.filter((word) => word !== '' || Array.isArray(input)).map((word) => text(word))
}

/** A list, or text with commas between the tags. */
export const tagList: SettingParser<readonly string[]> = (input) => textList(input).map((word) => parseTag(word))

/** The URL without a slash at its end. Credentials in it are refused: they would end up in what is printed. */
export const httpUrl: SettingParser<string> = (input) => {
  const value = text(input)
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new TypeError('it is a URL that starts with http:// or https://.')
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('it holds a user name or password. Pass the key as apiKey instead.')
  }
  if (url.port !== '' && blockedPorts.has(Number(url.port))) {
    throw new TypeError(`no request goes to port ${url.port}: it belongs to another protocol than HTTP.`)
  }
  return value.replace(/\/+$/, '')
}

/** W&B's older words for online and offline are understood too. */
export const mode: SettingParser<Settings['mode'] & string> = (input) => {
  if (input === 'run') return 'online'
  if (input === 'dryrun') return 'offline'
  return oneOf<Settings['mode'] & string>('local', 'online', 'offline', 'disabled', 'shared')(input)
}

/** W&B's `true` means `auto`. */
export const resume: SettingParser<Resume | false> = (input) => {
  if (input === true || input === 'true') return 'auto'
  if (input === false || input === 'false' || input === '0') return false
  return oneOf<Resume>('allow', 'must', 'never', 'auto')(input)
}

/** `<run id>?_step=<n>` */
export const runStep: SettingParser<string> = (input) => {
  parseRunStep(text(input))
  return text(input)
}

/** W&B's booleans and snake case words are understood too. */
export const reinit: SettingParser<Reinit> = (input) => {
  if (input === true || input === 'true') return 'finishPrevious'
  if (input === false || input === 'false' || input === 'default') return 'refuse'
  const word =
    typeof input === 'string' ? input.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : input
  return oneOf<Reinit>('refuse', 'finishPrevious', 'returnPrevious', 'createNew')(word)
}

/** W&B's `auto` and `redirect` are understood as `wrap`. */
export const consoleCapture: SettingParser<'wrap' | 'off'> = (input) =>
  oneOf<'wrap' | 'off'>('wrap', 'off')(input === 'auto' || input === 'redirect' ? 'wrap' : input)

export function oneOf<Word extends string>(...words: readonly Word[]): SettingParser<Word> {
  return (input) => {
    const word = words.find((candidate) => candidate === input)
    if (word === undefined) throw new TypeError(`it is one of ${words.join(', ')}, not ${show(input)}.`)
    return word
  }
}

function show(input: unknown): string {
  return typeof input === 'string' ? JSON.stringify(input) : kindOf(input)
}

function kindOf(input: unknown): string {
  if (Array.isArray(input)) return 'an array'
  if (typeof input === 'number' || input === null) return String(input)
  return typeof input === 'object' ? 'an object' : `a ${typeof input}`
}
