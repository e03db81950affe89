import { ProtocolError } from './errors.ts'

/** Id of a run, unique in its project. Made by {@link generateRunId} and {@link parseRunId}. */
export type RunId = string & { readonly __brand: 'RunId' }

const idAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'
const idLength = 8
const nameLengthMax = 128
const tagLengthMax = 64

/** A new id: eight characters from `a-z0-9`, cryptographically random. */
export function generateRunId(): RunId {
  let id = ''
  const bytes = new Uint8Array(2 * idLength)
  while (id.length < idLength) {
    for (const byte of crypto.getRandomValues(bytes)) {
      // 252 is the largest multiple of 36 in a byte; what is above would make some characters likelier.
      if (byte < 252 && id.length < idLength) id += idAlphabet[byte % 36]
    }
  }
  return id as RunId
}

/**
 * Checks a run id: 1…128 characters without `: ; , # ? / ' \` and control characters, no white space at either end.
 *
 * @throws {@link ProtocolError} `invalid-name`
 */
export function parseRunId(text: string): RunId {
  if (text !== text.trim()) throw invalidName('run id', text, 'it starts or ends with white space')
  checkName('run id', text, /[:;,#?/'\\\p{Cc}]/u, "none of : ; , # ? / ' \\")
  return text as RunId
}

/**
 * Checks a project name: 1…128 characters without `/ \ # ? % :` and control characters.
 *
 * @throws {@link ProtocolError} `invalid-name`
 */
export function parseProjectName(text: string): string {
  checkName('project name', text, /[/\\#?%:\p{Cc}]/u, 'none of / \\ # ? % :')
  return text
}

/**
 * Checks the name of a user or team, by the rules of {@link parseProjectName}.
 *
 * @throws {@link ProtocolError} `invalid-name`
 */
export function parseEntityName(text: string): string {
  checkName('entity name', text, /[/\\#?%:\p{Cc}]/u, 'none of / \\ # ? % :')
  return text
}

/**
 * Checks a tag: 1…64 characters.
 *
 * @throws {@link ProtocolError} `invalid-name`
 */
export function parseTag(text: string): string {
  if (text.length < 1 || text.length > tagLengthMax) {
    throw invalidName('tag', text, `it has ${text.length} characters, and 1 to ${tagLengthMax} are allowed`)
  }
  return text
}

function checkName(what: string, text: string, forbidden: RegExp, rule: string): void {
  if (text.length < 1 || text.length > nameLengthMax) {
    throw invalidName(what, text, `it has ${text.length} characters, and 1 to ${nameLengthMax} are allowed`)
  }
  // A path segment of this name would be taken for a folder by every URL parser.
  if (text === '.' || text === '..') throw invalidName(what, text, 'it means a folder')
  if (forbidden.test(text)) throw invalidName(what, text, `allowed are ${rule}, and no control characters`)
}

function invalidName(what: string, text: string, reason: string): ProtocolError {
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
  return new ProtocolError({ code: 'invalid-name', message: `Not a ${what}: ${shown}; ${reason}.` })
}

const adjectives =
  'amber ancient autumn bold brave bright brisk calm clear clever cosmic crimson crisp curious daring deep distant dry early eager fair fluent fresh gentle giddy glad golden grand happy hardy hidden honest icy jolly keen kind lively lucky lunar mellow merry mild misty noble olive patient playful polar proud quick quiet rapid royal rustic serene sharp silent silver smooth snowy solar steady summer sunny swift tidy warm wild wise young'.split(
    ' ',
  )
const nouns =
  'anchor aspen aurora badger bay beacon birch breeze brook canyon cedar cliff cloud comet coral cove creek dawn delta dune eagle ember falcon fern field firefly fjord forest fox frost garden glade glacier harbor hawk heron hill island lagoon lake lantern lark leaf maple marsh meadow mesa moon moss oak ocean orchid otter owl peak pebble pine plain pond prairie rain reef ridge river rock sea shore sky sparrow spring star stone storm stream sun thunder tide trail valley wave willow wind wren'.split(
    ' ',
  )

/**
 * Two words such as `calm-river`, for a run that nobody named.
 *
 * @param random - Numbers in [0, 1). Default: `Math.random`.
 */
export function generateDisplayName(random: () => number = Math.random): string {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] as string
  return `${pick(adjectives)}-${pick(nouns)}`
}
