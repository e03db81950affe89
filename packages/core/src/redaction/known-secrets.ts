/** What stands where a secret was. */
export const redactedText = '[redacted]'

/** Values that are secret wherever they occur, in all the forms that texts have them in. */
export interface KnownSecrets {
  /** Adds a value that was found to be one. Values that could be an ordinary word are left alone. */
  learn(value: string): void
  /** The text without them; the same text when it has none. */
  replaceIn(text: string): string
  readonly isEmpty: boolean
  /** All forms, the longest first. */
  readonly forms: readonly string[]
}

// Shorter values would hit ordinary words.
const secretLengthMin = 8

/** @param secrets - Those shorter than 8 characters are left alone. */
export function createKnownSecrets(secrets: readonly string[]): KnownSecrets {
  let forms: readonly string[] = []
  const add = (values: readonly string[]): void => {
    const all = new Set([...forms, ...values.filter(({ length }) => length >= secretLengthMin).flatMap(toForms)])
    forms = [...all].sort((one, other) => other.length - one.length)
  }
  add(secrets)
  return {
    learn(value) {
      if (looksRandom(value) && !forms.includes(value)) add([value])
    },
    replaceIn(text) {
      let replaced = text
      for (const form of forms) if (replaced.includes(form)) replaced = replaced.replaceAll(form, redactedText)
      return replaced
    },
    get isEmpty() {
      return forms.length === 0
    },
    get forms() {
      return forms
    },
  }
}

/** As it is, as it stands in JSON and in a URL, and as the header that sends an API key. */
function toForms(secret: string): string[] {
  // A lone surrogate has no form in a URL.
  const url = secret.isWellFormed() ? [encodeURIComponent(secret)] : []
  return [secret, JSON.stringify(secret).slice(1, -1), ...url, toBase64(`api:${secret}`)]
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}

/** A word of small letters, such as a password `password`, is found all over: hiding it would say what it is. */
function looksRandom(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/].filter((kind) => kind.test(value)).length
  return value.length >= secretLengthMin && (kinds >= 2 || value.length >= 32)
}
