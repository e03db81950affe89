import { Hono } from 'hono'
import { z } from 'zod'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { readParts } from '../http/read-body.ts'
import type { SignedClaim } from '../http/signed-url.ts'
import type { WandbServices } from './context.ts'

/** Larger than any checkpoint that somebody would upload by mistake. */
const fileBytesMax = 64 * 2 ** 30

const querySchema = z.object({ name: z.string().min(1), expires: z.coerce.number(), signature: z.string() })

/** `PUT` and `GET` of run files. The signed URL is the permission: W&B's client sends no key with uploads. */
export function createUploadRoutes(services: WandbServices): Hono<AppEnvironment> {
  const { files, runs, urlSigner, clock } = services
  const app = new Hono<AppEnvironment>()

  const claimOrThrow = (method: 'GET' | 'PUT', run: string, query: Record<string, string>): SignedClaim => {
    const parsed = querySchema.safeParse(query)
    const refused = new ServerError({ code: 'unauthorized', message: 'This link is not valid, or not any more.' })
    if (!parsed.success || !/^\d+$/.test(run)) throw refused
    const { name, expires, signature } = parsed.data
    const claim: SignedClaim = { method, run: Number(run), name, expiresAtMs: expires }
    if (!urlSigner.isValid(claim, signature, clock.now())) throw refused
    return claim
  }

  app.put('/run-files/:run', async (c) => {
    const claim = claimOrThrow('PUT', c.req.param('run'), c.req.query())
    if ((await runs.findById(claim.run)) === undefined) {
      throw new ServerError({ code: 'not-found', message: 'The run of this file is gone.' })
    }
    await files.put(claim.run, claim.name, readParts(c.req.raw, fileBytesMax))
    return c.body(null, 200)
  })

  app.get('/run-files/:run', async (c) => {
    const claim = claimOrThrow('GET', c.req.param('run'), c.req.query())
    const found = await files.get(claim.run, claim.name)
    if (found === undefined) throw new ServerError({ code: 'not-found', message: 'No such file.' })
    // Whatever a run uploaded must never be run as a page of this origin.
    return c.body(found.content, 200, {
      'Content-Length': String(found.file.sizeBytes),
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': 'attachment',
      'Content-Security-Policy': "default-src 'none'; sandbox",
    })
  })
  return app
}
