import { Hono } from 'hono'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { readParts } from '../http/read-body.ts'
import { requireSignature } from '../http/require-signature.ts'
import { sendContent } from '../http/send-blob.ts'
import type { WandbServices } from './context.ts'
import { maybeSourceFile, readSourceFile } from './source-file.ts'

/** Larger than any checkpoint that somebody would upload by mistake. */
const fileBytesMax = 64 * 2 ** 30

/** `PUT` and `GET` of run files. The signed URL is the permission: W&B's client sends no key with uploads. */
export function createUploadRoutes(services: WandbServices): Hono<AppEnvironment> {
  const { files, runs, urlSigner, clock } = services
  const app = new Hono<AppEnvironment>()

  app.put('/run-files/:run{\\d+}', async (c) => {
    const { name } = requireSignature(c.req.raw, urlSigner, clock.now())
    const run = Number(c.req.param('run'))
    if ((await runs.findById(run)) === undefined) {
      throw new ServerError({ code: 'not-found', message: 'The run of this file is gone.' })
    }
    const source = maybeSourceFile(c)
    const content = source === undefined ? readParts(c.req.raw, fileBytesMax) : readSourceFile(source)
    await files.put(run, name, content)
    return c.body(null, 200)
  })

  app.get('/run-files/:run{\\d+}', async (c) => {
    const { name } = requireSignature(c.req.raw, urlSigner, clock.now())
    const found = await files.get(Number(c.req.param('run')), name)
    if (found === undefined) throw new ServerError({ code: 'not-found', message: 'No such file.' })
    const { name: path, sizeBytes, md5 } = found.file
    return sendContent(c.req.raw, { name: path.split('/').at(-1) ?? '', sizeBytes, tag: md5, read: found.read })
  })
  return app
}
