import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { ServerError } from '../errors.ts'

const gunzipAsync = promisify(gunzip)

/**
 * Whole body of a request, gunzipped where it says so.
 *
 * @throws {@link ServerError} `request-too-large` above `bytesMax` (of the body, or of what comes out of it),
 * `invalid-request` for an unknown encoding or damaged gzip.
 */
export async function readBody(request: Request, bytesMax: number): Promise<Buffer> {
  const body = await readRaw(request, bytesMax)
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity' || encoding === '') return body
  if (encoding !== 'gzip') {
    throw new ServerError({ code: 'invalid-request', message: `Content-Encoding "${encoding}" is not supported.` })
  }
  try {
    return await gunzipAsync(body, { maxOutputLength: bytesMax })
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(bytesMax)
    throw new ServerError({ code: 'invalid-request', message: 'The gzip body is damaged.', cause })
  }
}

async function readRaw(request: Request, bytesMax: number): Promise<Buffer> {
  const declared = request.headers.get('content-length')
  if (declared !== null && Number(declared) > bytesMax) throw tooLarge(bytesMax)
  // HTTP holds a body to its declared length, so this reads no more than that, and without the detour of a stream.
  if (declared !== null) return Buffer.from(await request.arrayBuffer())
  const parts: Uint8Array[] = []
  for await (const part of readParts(request, bytesMax)) parts.push(part)
  return Buffer.concat(parts)
}

/**
 * Body of a request as it arrives, for what is not held in memory. Encodings are left as they are.
 *
 * @throws {@link ServerError} `request-too-large`, possibly after some parts.
 */
export async function* readParts(request: Request, bytesMax: number): AsyncGenerator<Uint8Array> {
  let byteCount = 0
  for await (const part of request.body ?? []) {
    byteCount += part.byteLength
    if (byteCount > bytesMax) throw tooLarge(bytesMax)
    yield part
  }
}

function tooLarge(bytesMax: number): ServerError {
  return new ServerError({
    code: 'request-too-large',
    message: `The request body is larger than ${bytesMax} bytes.`,
    hint: 'Send less at once.',
  })
}
