import { lastPart, type Reference, type ReferenceRequest, referenceError } from './reference.ts'

/** A file at an http or https address: what its server says of it. */
export async function lookUpHttp({ uri, name, isChecked }: ReferenceRequest): Promise<Reference[]> {
  // Without the query: that of a presigned address is a secret, and no name.
  const path = name ?? lastPart(new URL(uri).pathname)
  if (!isChecked) return [{ path, ref: uri, digest: uri, sizeBytes: undefined, extra: {} }]
  const headers = await fetchHeaders(uri)
  const etag = headers.get('etag')
  return [
    {
      path,
      ref: uri,
      digest: etag === null ? uri : stripQuotes(etag),
      sizeBytes: toSize(headers.get('content-length')),
      extra: etag === null ? {} : { etag },
    },
  ]
}

/** Headers of an address; of those that answer no HEAD, the head of a GET. @throws {@link ArtifactError} */
async function fetchHeaders(uri: string, url: string = uri): Promise<Headers> {
  const head = await request(uri, url, 'HEAD')
  if (head.ok) return head.headers
  if (![403, 405, 501].includes(head.status)) throw referenceError(uri, `its server answered ${head.status}`)
  const get = await request(uri, url, 'GET')
  await get.body?.cancel()
  if (get.ok) return get.headers
  throw referenceError(uri, `its server answered ${get.status}`)
}

// A server that says nothing must not hold up the end of a run; headers of even a slow one come sooner.
const answerMsMax = 30_000

export async function request(uri: string, url: string, method: 'GET' | 'HEAD'): Promise<Response> {
  try {
    // Compressed answers have other lengths, and often other ETags.
    const signal = AbortSignal.timeout(answerMsMax)
    return await fetch(url, { method, headers: { 'accept-encoding': 'identity' }, signal })
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    throw referenceError(uri, cause instanceof Error ? cause.message : String(cause), error)
  }
}

/** An ETag as W&B's client takes it for a digest. */
export function stripQuotes(etag: string): string {
  return etag.replace(/^"+|"+$/g, '')
}

export function toSize(text: string | null | undefined): number | undefined {
  return text === null || text === undefined || !/^\d+$/.test(text) ? undefined : Number(text)
}
