import type { PageEvent } from '@lossline/protocol'
import type { Clock } from '../clock.ts'
import type { ChangeEvent, ChangeFeed } from '../domain/change-feed.ts'

export interface EventStreamOptions {
  readonly changes: ChangeFeed
  readonly clock: Clock
  readonly version: string
  /** `Last-Event-ID` of a page that was here before. */
  readonly lastEventId?: string | undefined
  readonly entity?: string | undefined
  readonly project?: string | undefined
  /** Whether the reader may hear of a project. Default: of all. */
  readonly isVisible?: ((at: { readonly entity: string; readonly project: string }) => Promise<boolean>) | undefined
  /** Ends the stream. */
  readonly signal: AbortSignal
}

/** Proxies and browsers drop connections that are silent for long. */
const heartbeatIntervalMs = 15_000
/** A reader that is this far behind is told to fetch everything again instead. */
const waitingEventCountMax = 1000

/**
 * Server-sent events of what changes. Begins with `hello`; then, for a page that was here before, what it missed, or
 * `reset` if that is not known any more. Ends itself when the reader leaves.
 */
export function createEventStream(options: EventStreamOptions): ReadableStream<Uint8Array> {
  const { changes, clock, signal } = options
  const encoder = new TextEncoder()
  let stop = (): void => {}
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (id: number, event: PageEvent): void => {
          const { type } = event
          controller.enqueue(
            encoder.encode(`id: ${changes.epoch}-${id}\nevent: ${type}\ndata: ${JSON.stringify(event)}\n\n`),
          )
        }
        const isWanted = (event: ChangeEvent): boolean =>
          (options.entity === undefined || event.entity === options.entity) &&
          (options.project === undefined || event.project === options.project)
        let isBehind = false
        const catchUp = (id: number): void => {
          if (isBehind) send(id, { type: 'reset' })
          isBehind = false
        }
        const tell = (event: ChangeEvent): void => {
          // With no room left the reader has stopped reading: nothing is kept for it.
          if ((controller.desiredSize ?? 0) <= 0) {
            isBehind = true
            return
          }
          catchUp(event.id)
          send(event.id, toPageEvent(event))
        }
        const { isVisible } = options
        let isStopped = false
        // Events keep their order while it is asked whether the reader may see them.
        let told = Promise.resolve()
        const forward = (event: ChangeEvent): void => {
          if (!isWanted(event)) return
          if (isVisible === undefined) {
            tell(event)
            return
          }
          told = told
            .then(async () => {
              if (!isStopped && (await isVisible(event)) && !isStopped) tell(event)
            })
            // A store that does not answer: the reader fetches everything again instead.
            .catch(() => {
              isBehind = true
            })
        }

        const missed = missedEvents(changes, options.lastEventId)
        // Were the connection lost before all that was missed is told, the page would ask from here again.
        send((missed?.[0]?.id ?? changes.lastId + 1) - 1, { type: 'hello', version: options.version })
        if (missed === undefined) send(changes.lastId, { type: 'reset' })
        else for (const event of missed) forward(event)

        const stopListening = changes.listen(forward)
        let timer: unknown
        const beat = (): void => {
          if ((controller.desiredSize ?? 0) > 0) {
            controller.enqueue(encoder.encode(': still here\n\n'))
            // What was left out may have been the last there was to tell.
            catchUp(changes.lastId)
          }
          timer = clock.setTimeout(beat, heartbeatIntervalMs)
        }
        timer = clock.setTimeout(beat, heartbeatIntervalMs)
        const close = (): void => {
          stop()
          controller.close()
        }
        stop = () => {
          isStopped = true
          stopListening()
          clock.clearTimeout(timer)
          signal.removeEventListener('abort', close)
          stop = () => {}
        }
        signal.addEventListener('abort', close, { once: true })
        if (signal.aborted) close()
      },
      cancel: () => stop(),
    },
    { highWaterMark: waitingEventCountMax },
  )
}

/** Events after the id that the page saw last; none for a new page; undefined when they are forgotten. */
function missedEvents(changes: ChangeFeed, lastEventId: string | undefined): readonly ChangeEvent[] | undefined {
  if (lastEventId === undefined || lastEventId === '') return []
  const split = lastEventId.lastIndexOf('-')
  const id = Number(lastEventId.slice(split + 1))
  if (lastEventId.slice(0, split) !== changes.epoch || !Number.isSafeInteger(id)) return undefined
  return changes.since(id)
}

function toPageEvent(event: ChangeEvent): PageEvent {
  const { id: _, ...page } = event
  return page
}
