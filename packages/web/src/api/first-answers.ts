/** A call as it goes over the wire. */
export interface PreparedCall {
  readonly method: string
  /** Path and query string. */
  readonly address: string
  /** JSON; undefined: none. */
  readonly body: string | undefined
}

declare global {
  interface Window {
    /** What a script of its own has asked while the page's code was on its way; gone once that is old. */
    losslineFirstAnswers?: Map<string, Promise<Response>>
  }
}

/** By then the page's code has asked; an answer that is older is no longer what the server would say. */
const ageMsMax = 10_000

const keyOf = ({ method, address, body = '' }: PreparedCall): string => `${method} ${address} ${body}`

/** Headers of a call. */
export function headersOf({ body }: PreparedCall): Readonly<Record<string, string>> {
  return body === undefined ? { accept: 'application/json' } : { 'content-type': 'application/json' }
}

/** Asks at once, and keeps the answers for whoever makes the same calls within ten seconds. */
export function askFirst(calls: readonly PreparedCall[]): void {
  const answers = new Map<string, Promise<Response>>()
  for (const call of calls) {
    const { method, address, body = null } = call
    const answer = fetch(address, { method, headers: headersOf(call), body })
    // Whoever takes it is told; nobody may.
    answer.catch(() => undefined)
    answers.set(keyOf(call), answer)
  }
  window.losslineFirstAnswers = answers
  // Behind a proxy that holds events back, the start of the stream may never be seen.
  setTimeout(() => answers.clear(), ageMsMax)
}

/** The answer to a call that was made before; each is given once. */
export function takeFirstAnswer(call: PreparedCall): Promise<Response> | undefined {
  const answers = globalThis.window?.losslineFirstAnswers
  if (answers === undefined) return undefined
  const key = keyOf(call)
  const answer = answers.get(key)
  answers.delete(key)
  return answer
}

/** Answers that nobody has taken are old from now on. */
export function forgetFirstAnswers(): void {
  globalThis.window?.losslineFirstAnswers?.clear()
}
