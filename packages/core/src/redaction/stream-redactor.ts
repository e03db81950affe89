import { redactedText } from './known-secrets.ts'
import type { Redactor } from './redaction.ts'

/** Redacts a text that comes in pieces, where a secret may be cut in two. */
export interface StreamRedactor {
  /** @returns what can be passed on now; the beginning of a possible secret waits for the next piece. */
  push(piece: string): string
  /** @returns what still waits. */
  flush(): string
}

// A longer user name and password in a URL is not waited for.
const unfinishedUrl = /[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/?#@]{0,256}$/i

/** @param place - Names the text in {@link Redactor.places}. */
export function createStreamRedactor(redactor: Redactor, place: string): StreamRedactor {
  let waiting = ''

  return {
    push(piece) {
      const text = waiting + piece
      const { done, from } = replaceWhole(text, redactor.secretForms)
      const rest = text.slice(from)
      const keptLength = waitingLength(rest, redactor.secretForms)
      waiting = rest.slice(rest.length - keptLength)
      return finish(done + rest.slice(0, rest.length - keptLength))
    },
    flush() {
      const rest = waiting
      waiting = ''
      return finish(rest)
    },
  }

  function finish(text: string): string {
    if (text.includes(redactedText)) redactor.note(place)
    return redactor.text(text, place)
  }
}

/**
 * Replaces secrets from the left. One that ends with the text and could be the beginning of a longer one stays.
 *
 * @returns the text up to `from`, with what is replaced.
 */
function replaceWhole(text: string, forms: readonly string[]): { readonly done: string; readonly from: number } {
  let done = ''
  let from = 0
  for (;;) {
    const found = firstOf(text, from, forms)
    if (found === undefined) return { done, from }
    const { at, form } = found
    const tail = text.slice(at)
    if (forms.some((longer) => longer.length > tail.length && longer.startsWith(tail))) return { done, from }
    done += text.slice(from, at) + redactedText
    from = at + form.length
  }
}

/** The secret that begins first, and of several at one place the longest. */
function firstOf(text: string, from: number, forms: readonly string[]): { at: number; form: string } | undefined {
  let first: { at: number; form: string } | undefined
  for (const form of forms) {
    const at = text.indexOf(form, from)
    if (at !== -1 && (first === undefined || at < first.at)) first = { at, form }
  }
  return first
}

/** How much of the end could be the beginning of a secret or of a URL with one. */
function waitingLength(text: string, forms: readonly string[]): number {
  let length = unfinishedUrl.exec(text)?.[0].length ?? 0
  for (const form of forms) {
    for (let size = Math.min(form.length - 1, text.length); size > length; size -= 1) {
      if (text.endsWith(form.slice(0, size))) {
        length = size
        break
      }
    }
  }
  return length
}
