import { ServerError } from '../../errors.ts'

const nameLengthMax = 128

/** Collection names become path segments of page addresses and the left side of `name:alias`. @throws `invalid-request`. */
export function checkCollectionName(name: string): string {
  return checkName('artifact name', name, /[/:\p{Cc}]/u)
}

/** @throws {@link ServerError} `invalid-request`. */
export function checkTypeName(name: string): string {
  return checkName('artifact type', name, /[/:\p{Cc}]/u)
}

/** `v3` always means the version with that index, so no alias may look so. @throws {@link ServerError} `invalid-request`. */
export function checkAlias(alias: string): string {
  checkName('alias', alias, /[/:\p{Cc}]/u)
  if (versionPattern.test(alias)) throw invalid(`Not an alias: "${alias}" is the name of a version.`)
  return alias
}

/** @throws {@link ServerError} `invalid-request`. */
export function checkArtifactTag(tag: string): string {
  checkName('tag', tag, /\p{Cc}/u)
  if (/^[-\p{L}\p{N}_]+( +[-\p{L}\p{N}_]+)*$/u.test(tag)) return tag
  throw invalid(`Not a tag: ${shown(tag)}; allowed are letters, digits, "_", "-" and single words joined with spaces.`)
}

/** `v` and digits: the name of a version by its index. */
export const versionPattern: RegExp = /^v\d+$/

/** JSON object as text. @throws {@link ServerError} `invalid-request`. */
export function checkMetadata(text: string): string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new ServerError({ code: 'invalid-request', message: 'The metadata of an artifact is not JSON.', cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('The metadata of an artifact is not an object.')
  }
  return text
}

function checkName(what: string, name: string, forbidden: RegExp): string {
  if (name.length >= 1 && name.length <= nameLengthMax && !forbidden.test(name)) return name
  throw invalid(
    `Not a valid ${what}: ${shown(name)}; allowed are 1 to ${nameLengthMax} characters, none of / : and control ones.`,
  )
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}

/** For what a caller asked in a way that cannot be. */
export function invalid(message: string): ServerError {
  return new ServerError({ code: 'invalid-request', message })
}
