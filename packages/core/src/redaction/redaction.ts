import { createKnownSecrets, redactedText } from './known-secrets.ts'

/** Takes secrets out of what is about to be written, and remembers where it found some. */
export interface Redactor {
  /** Replaces known secrets and the passwords of URLs inside a text. `place` names the text in {@link places}. */
  text(text: string, place: string): string
  /** Replaces a whole text whose key says that it is a secret; any other text as in {@link text}. */
  keyedText(key: string, text: string, place: string): string
  /** A command line's arguments: `--api-key=x`, `--token x` and `SECRET=x` lose their x. */
  commandLine(words: readonly string[], place: string): string[]
  /** A value of a nested object: hidden when one of the labels on the way to it says that it is a secret. */
  nestedValue<Value>(path: readonly string[], value: Value, place: string): Value | string
  /**
   * Replaces known secrets alone, for text that goes through whole: records, files.
   *
   * @returns the same text when it has none.
   */
  known(text: string, place: string): string
  /** Remembers a place where something was redacted. */
  note(place: string): void
  /** Whether nothing is known to be secret. */
  readonly hasNoSecrets: boolean
  /** All forms of the known secrets, the longest first. */
  readonly secretForms: readonly string[]
  /** Places where something was redacted, each once, in order. */
  readonly places: readonly string[]
}

/** @param secrets - Values that are secret wherever they occur. Those shorter than 8 characters are left alone. */
export function createRedactor(secrets: readonly string[]): Redactor {
  const secretsNow = createKnownSecrets(secrets)
  const places = new Set<string>()

  const text = (original: string, place: string): string => {
    const redacted = secretsNow.replaceIn(redactUrlPasswords(original))
    if (redacted !== original) places.add(place)
    return redacted
  }

  const known = (original: string, place: string): string => {
    const redacted = secretsNow.replaceIn(original)
    if (redacted !== original) places.add(place)
    return redacted
  }

  const keyedText = (key: string, original: string, place: string): string => {
    if (original === '' || secrecyOf(key) === 'none') return text(original, place)
    places.add(place)
    secretsNow.learn(original)
    return redactedText
  }

  const commandLine = (words: readonly string[], place: string): string[] => {
    let pendingOption: string | undefined
    return words.map((word) => {
      const option = pendingOption
      pendingOption = undefined
      if (option !== undefined && !word.startsWith('-')) return keyedText(option, word, `${place} ${option}`)
      const [, name, value] = /^([\w.-]+)=(.*)$/s.exec(word) ?? []
      if (name !== undefined && value !== undefined) return `${name}=${keyedText(name, value, `${place} ${name}`)}`
      if (word.startsWith('-')) pendingOption = word
      return text(word, place)
    })
  }

  const nestedValue = <Value>(path: readonly string[], value: Value, place: string): Value | string => {
    if (value === null || value === '' || typeof value === 'boolean') return value
    const isSecret = path.some(
      (label) => secrecyOf(label) === 'all' || (typeof value === 'string' && isSecretName(label)),
    )
    if (!isSecret) return typeof value === 'string' ? text(value, place) : value
    places.add(place)
    // What the program prints of its config is then hidden too.
    if (typeof value === 'string') secretsNow.learn(value)
    return redactedText
  }

  return {
    text,
    known,
    note: (place) => void places.add(place),
    get hasNoSecrets() {
      return secretsNow.isEmpty
    },
    get secretForms() {
      return secretsNow.forms
    },
    keyedText,
    commandLine,
    nestedValue,
    get places() {
      return [...places]
    },
  }
}

/** Whether the name of an option, variable or config key says that its value is a secret. */
export function isSecretName(name: string): boolean {
  return secrecyOf(name) !== 'none'
}

/** `text`: only texts under such a key are secrets. `all`: numbers too. */
function secrecyOf(name: string): 'none' | 'text' | 'all' {
  const words = toWords(name)
  const joined = words.join('')
  if (/secret|passw(or)?d|passphrase|credential|apikey|accesskey|privatekey/.test(joined)) return 'all'
  if (words.includes('auth') || words.includes('authorization')) return 'text'
  // In language models a token is a piece of text: pad_token, eosToken, token_type are settings, not secrets. So are
  // a number of tokens, and anything about several of them.
  const token = words.indexOf('token')
  return token !== -1 && !vocabularyWords.has(words[token - 1] ?? '') && !vocabularyWords.has(words[token + 1] ?? '')
    ? 'text'
    : 'none'
}

const vocabularyWords = new Set(
  [
    'additional bos cls decoder end eos extra forced image ignore mask max min new num number pad padding prefix sep',
    'special start stop suffix total unk unknown suppress per type types id ids count counts budget limit length',
    'classification embedding embeddings labels level',
  ].flatMap((line) => line.split(' ')),
)

/** `--hfApiKey`, `HF_API_KEY` and `hf-api-key` are the words hf, api, key. */
function toWords(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

/** User names and passwords of URLs, and query parameters with a secret name. */
function redactUrlPasswords(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)([^\s/?#]+)@/gi, (whole, scheme: string, userInfo: string) =>
      // `git` is the public user name of ssh remotes. Any other name without a password may be a token.
      userInfo === 'git' || userInfo === redactedText ? whole : `${scheme}${redactedText}@`,
    )
    .replace(/([?&])([^=&\s]+)=([^&\s#]+)/g, (whole, start: string, name: string) =>
      isSecretName(name) ? `${start}${name}=${redactedText}` : whole,
    )
}
