import { Hono } from 'hono'
import type { OpenedBackup } from '../backup/write-backup.ts'
import type { CollectGarbageOptions, GarbageReport } from '../domain/artifacts/collect-garbage.ts'
import { type KeyedQueue, maintenanceTurn } from '../domain/keyed-queue.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { collectGarbageRequest } from './admin-schemas.ts'
import { parse, readOptionalJsonBody } from './parse-request.ts'

export interface MaintenanceServices {
  readonly maintenanceTurns: KeyedQueue
  readonly collectGarbage: (options: CollectGarbageOptions) => Promise<GarbageReport>
  /** Undefined where there is no data folder. */
  readonly openBackup: (() => Promise<OpenedBackup>) | undefined
}

const bodyBytesMax = 10_000

/** What the operator of a server asks for below `/api/admin`, one thing after the other: nothing is collected under a backup. */
export function createMaintenanceRoutes(services: MaintenanceServices): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>()
  const { maintenanceTurns, collectGarbage, openBackup } = services

  app.post('/api/admin/collect-garbage', async (c) => {
    const { apply, graceMs } = parse(collectGarbageRequest, await readOptionalJsonBody(c.req.raw, bodyBytesMax))
    const report = await collectGarbage({ apply, ...(graceMs !== undefined && { graceMs }) })
    // Names of contents say nothing to anybody, and there may be millions.
    const { contents, ...rest } = report
    return c.json({ ...rest, contentCount: contents.length })
  })

  app.get('/api/admin/backup', async (c) => {
    if (openBackup === undefined) {
      throw new ServerError({ code: 'unsupported-operation', message: 'This server has no data folder to back up.' })
    }
    const { promise: opened, resolve, reject } = Promise.withResolvers<OpenedBackup>()
    const { promise: isOver, resolve: end } = Promise.withResolvers<void>()
    const { signal } = c.req.raw
    signal.addEventListener('abort', () => end(), { once: true })
    maintenanceTurns
      .run(maintenanceTurn, async () => {
        signal.throwIfAborted()
        const backup = await openBackup()
        resolve(backup)
        await isOver
        await backup.close()
      })
      .catch(reject)
    return new Response(toStream((await opened).parts, end), { headers: { 'Content-Type': 'application/x-tar' } })
  })
  return app
}

/** @param onEnd - Called once it is read to its end, has failed, or is not wanted any more. */
function toStream(parts: AsyncGenerator<Uint8Array>, onEnd: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await parts.next()
        if (!done) {
          controller.enqueue(value)
          return
        }
        controller.close()
      } catch (error) {
        controller.error(error)
      }
      onEnd()
    },
    async cancel() {
      await parts.return(undefined).catch(() => {})
      onEnd()
    },
  })
}
