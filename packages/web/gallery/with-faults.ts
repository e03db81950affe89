import { alwaysFails, neverAnswers } from './panel-states.ts'

/** `fetch`, but for two projects that it answers for by itself: in one everything fails, in the other nothing is ever answered. */
export function withFaults(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const asked = `${input instanceof Request ? input.url : input} ${String(init?.body ?? '')}`
    if (asked.includes(neverAnswers)) return new Promise<never>(() => {})
    if (!asked.includes(alwaysFails)) return send(input, init)
    const error = { code: 'internal', message: 'The disk of the server is full.', requestId: 'gallery' }
    return Response.json({ error }, { status: 500 })
  }
}
