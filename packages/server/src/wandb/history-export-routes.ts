import { parseBlobDigest } from '@lossline/store'
import { Hono } from 'hono'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { requireSignature } from '../http/require-signature.ts'
import { sendBlob } from '../http/send-blob.ts'
import type { WandbServices } from './context.ts'

/** `GET` of exported histories, whole or in parts. The signed URL is the permission: W&B's client sends no key with it. */
export function createHistoryExportRoutes({ artifacts, runs, urlSigner, clock }: WandbServices): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>()
  app.get('/history-exports/:run{\\d+}/:sha256{[0-9a-f]{64}}', async (c) => {
    const { name } = requireSignature(c.req.raw, urlSigner, clock.now())
    if ((await runs.findById(Number(c.req.param('run')))) === undefined) {
      throw new ServerError({ code: 'not-found', message: 'The run of this history is gone.' })
    }
    return sendBlob(c.req.raw, artifacts.blobs, { sha256: parseBlobDigest(c.req.param('sha256')), name })
  })
  return app
}
