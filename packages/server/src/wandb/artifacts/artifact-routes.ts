import { Readable } from 'node:stream'
import { parseBlobDigest } from '@lossline/store'
import { type Context, Hono } from 'hono'
import { existingArtifact } from '../../domain/artifacts/artifact-services.ts'
import { readEntries } from '../../domain/artifacts/manifest.ts'
import { receivePart } from '../../domain/artifacts/part-uploads.ts'
import { receiveFile, receiveManifest, type UploadSource } from '../../domain/artifacts/uploads.ts'
import { ServerError } from '../../errors.ts'
import type { AppEnvironment } from '../../http/app-environment.ts'
import { readParts } from '../../http/read-body.ts'
import { requireSignature } from '../../http/require-signature.ts'
import { sendBlob, untrustedHeaders } from '../../http/send-blob.ts'
import type { WandbServices } from '../context.ts'
import { checkSourceFile, maybeSourceFile } from '../source-file.ts'
import { fromHex } from './artifact-links.ts'
import { findHandlerEntry } from './handler-urls.ts'
import { writeManifest } from './manifest-codec.ts'

/** W&B's client takes no larger file (core/pkg/artifacts/multipart.go). */
const fileBytesMax = 5 * 2 ** 40
/** As object stores have it; the largest part of W&B's client is a ten-thousandth of the largest file. */
const partBytesMax = 5 * 2 ** 30
/** A manifest is parsed as one text, which Node bounds at 512 MiB. */
const manifestBytesMax = 500 * 2 ** 20

/** `PUT` and `GET` of artifacts' bytes. The signed URL is the permission. */
export function createSignedArtifactRoutes(services: WandbServices): Hono<AppEnvironment> {
  const { artifacts, urlSigner, clock } = services
  const app = new Hono<AppEnvironment>()

  app.put('/wandb_artifacts/:artifact{\\d+}/:md5{[0-9a-f]{32}}', async (c) => {
    const { name: xxh128 } = requireSignature(c.req.raw, urlSigner, clock.now())
    const target = {
      artifact: Number(c.req.param('artifact')),
      md5: fromHex(c.req.param('md5')),
      xxh128: xxh128 || undefined,
    }
    await receiveFile(artifacts, target, await toSource(c, fileBytesMax))
    return c.body(null, 200)
  })

  app.put('/wandb_artifacts/:artifact{\\d+}/:md5{[0-9a-f]{32}}/parts/:part{\\d+}', async (c) => {
    const { name: partMd5 } = requireSignature(c.req.raw, urlSigner, clock.now())
    const upload = { artifact: Number(c.req.param('artifact')), md5: fromHex(c.req.param('md5')) }
    await receivePart(artifacts, upload, fromHex(partMd5), readParts(c.req.raw, partBytesMax))
    // The client names the part by this when all have arrived.
    return c.body(null, 200, { ETag: `"${partMd5}"` })
  })

  app.get('/wandb_artifacts/:artifact{\\d+}/:md5{[0-9a-f]{32}}', async (c) => {
    const { name } = requireSignature(c.req.raw, urlSigner, clock.now())
    const artifact = await existingArtifact(artifacts, Number(c.req.param('artifact')))
    const entry = await artifacts.reads.entryByDigest({ artifact: artifact.id, digest: fromHex(c.req.param('md5')) })
    return sendEntry(c, services, entry?.sha256, name)
  })

  app.put('/artifact-manifests/:manifest{\\d+}/wandb_manifest.json', async (c) => {
    const { name: md5 } = requireSignature(c.req.raw, urlSigner, clock.now())
    const source = await toSource(c, manifestBytesMax)
    await receiveManifest(artifacts, { manifest: Number(c.req.param('manifest')), md5 }, source)
    return c.body(null, 200)
  })

  app.get('/artifact-manifests/:artifact{\\d+}/wandb_manifest.json', async (c) => {
    requireSignature(c.req.raw, urlSigner, clock.now())
    const artifact = await existingArtifact(artifacts, Number(c.req.param('artifact')))
    if (artifact.state !== 'committed') throw noContent()
    const text = writeManifest(artifact.manifestHead, readEntries(artifacts, artifact.id))
    return c.body(toWebStream(text), 200, { ...untrustedHeaders, 'Content-Type': 'application/json' })
  })

  return app
}

/** W&B's download addresses, which come with a key. */
export function createArtifactHandlerRoutes(services: WandbServices): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>()
  // File names are not escaped in these: `#` and `?` cut them off, and parts may be empty.
  for (const path of ['/artifactsV2/*', '/artifacts/*']) {
    app.get(path, async (c, next) => {
      const found = await findHandlerEntry(services.artifacts, new URL(c.req.url).pathname)
      return found === 'not-ours' ? next() : sendEntry(c, services, found?.entry.sha256, found?.name ?? '')
    })
  }
  return app
}

function sendEntry(
  c: Context<AppEnvironment>,
  { artifacts }: WandbServices,
  sha256: string | undefined,
  name: string,
): Promise<Response> {
  if (sha256 === undefined) throw noContent()
  return sendBlob(c.req.raw, artifacts.blobs, { sha256: parseBlobDigest(sha256), name })
}

async function toSource(c: Context<AppEnvironment>, bytesMax: number): Promise<UploadSource> {
  const file = maybeSourceFile(c)
  if (file === undefined) return { body: readParts(c.req.raw, bytesMax) }
  await checkSourceFile(file)
  return { file }
}

function toWebStream(parts: AsyncIterable<string>): ReadableStream {
  // Node's type of the stream and the one of the web differ in name only.
  return Readable.toWeb(Readable.from(parts, { objectMode: false })) as ReadableStream
}

function noContent(): ServerError {
  return new ServerError({ code: 'not-found', message: 'No such file.' })
}
