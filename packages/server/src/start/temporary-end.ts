import type { Clock } from '../clock.ts'

/** Where a temporary server is asked to make room. Only such a server has this route. */
export const handOverPath = '/lossline/hand-over'

export interface TemporaryEndOptions {
  readonly clock: Clock
  /** The server ends when nobody has asked anything for so long. */
  readonly idleAfterMs: number
  /** Called once. */
  readonly end: (reason: 'idle' | 'hand-over') => void
}

/** Ends a temporary server when it is not needed any more, or when another server wants its place. */
export interface TemporaryEnd {
  /**
   * Passes a request on, or takes it as the wish for the place. A request counts until `onSent` calls back: its answer has been
   * sent to the end, or its asker has gone.
   */
  answer(
    request: Request,
    next: (request: Request) => Promise<Response>,
    onSent: (listener: () => void) => void,
  ): Promise<Response>
  close(): void
}

export function createTemporaryEnd({ clock, idleAfterMs, end }: TemporaryEndOptions): TemporaryEnd {
  let inFlightCount = 0
  let timer: unknown
  let hasEnded = false

  const endOnce = (reason: 'idle' | 'hand-over'): void => {
    if (hasEnded) return
    hasEnded = true
    clock.clearTimeout(timer)
    end(reason)
  }
  const restart = (): void => {
    clock.clearTimeout(timer)
    if (!hasEnded && inFlightCount === 0) timer = clock.setTimeout(() => endOnce('idle'), idleAfterMs)
  }
  restart()

  return {
    async answer(request, next, onSent) {
      if (request.method === 'POST' && new URL(request.url).pathname === handOverPath) {
        // A web page cannot send this: with an Origin of its own it is somebody else's.
        if (request.headers.has('origin')) return new Response('not for pages', { status: 403 })
        clock.setTimeout(() => endOnce('hand-over'), 0)
        return new Response('making room', { status: 202 })
      }
      inFlightCount += 1
      clock.clearTimeout(timer)
      onSent(() => {
        inFlightCount -= 1
        restart()
      })
      return next(request)
    },
    close() {
      hasEnded = true
      clock.clearTimeout(timer)
    },
  }
}
