import { request, stripQuotes, toSize } from './http-reference.ts'
import {
  joinPath,
  lastPart,
  type Reference,
  type ReferenceRequest,
  referenceError,
  tooManyObjects,
} from './reference.ts'

/** An object of S3, or all below a prefix, without credentials. */
export async function lookUpS3({ uri, name, isChecked, maxObjects, files }: ReferenceRequest): Promise<Reference[]> {
  const { bucket, key, versionId } = parseS3(uri)
  const ref = `s3://${bucket}/${key}`
  if (!isChecked) return [{ path: name ?? (key || bucket), ref, digest: ref, sizeBytes: undefined, extra: {} }]
  const base = s3Base(bucket, files.storeEndpoints().s3)
  if (key !== '' && !key.endsWith('/')) {
    const query = versionId === undefined ? '' : `?versionId=${encodeURIComponent(versionId)}`
    const head = await request(uri, `${base}/${encodeKey(key)}${query}`, 'HEAD')
    if (head.ok) {
      const etag = stripQuotes(head.headers.get('etag') ?? '')
      const version = head.headers.get('x-amz-version-id')
      const extra = version === null || version === 'null' ? { etag } : { etag, versionID: version }
      return [
        {
          path: name ?? lastPart(key),
          ref,
          digest: etag,
          sizeBytes: toSize(head.headers.get('content-length')),
          extra,
        },
      ]
    }
    if (head.status !== 404) throw referenceError(uri, `the store answered ${head.status}`)
  }
  return listPrefix({ uri, base, bucket, key, name, maxObjects })
}

/** Where an object of S3 is fetched from. */
export function s3Url(ref: string, endpoint: string | undefined, versionId: string | undefined): string {
  const { bucket, key } = parseS3(ref)
  const query = versionId === undefined ? '' : `?versionId=${encodeURIComponent(versionId)}`
  return `${s3Base(bucket, endpoint)}/${encodeKey(key)}${query}`
}

async function listPrefix(options: {
  readonly uri: string
  readonly base: string
  readonly bucket: string
  readonly key: string
  readonly name: string | undefined
  readonly maxObjects: number
}): Promise<Reference[]> {
  const { uri, base, bucket, key, name, maxObjects } = options
  const references: Reference[] = []
  let token: string | undefined
  do {
    const query = new URLSearchParams({ 'list-type': '2', prefix: key })
    if (token !== undefined) query.set('continuation-token', token)
    const response = await request(uri, `${base}/?${query}`, 'GET')
    const text = await response.text()
    if (!response.ok) throw referenceError(uri, `the store answered ${response.status}`)
    for (const [, content = ''] of text.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)) {
      const objectKey = elementOf(content, 'Key') ?? ''
      const sizeBytes = Number(elementOf(content, 'Size') ?? 0)
      // An empty object stands for a folder.
      if (sizeBytes === 0) continue
      if (references.length === maxObjects) throw tooManyObjects(uri, maxObjects)
      const etag = stripQuotes(elementOf(content, 'ETag') ?? '')
      const inside = relativeKey(objectKey, key)
      references.push({
        path: joinPath(name, inside),
        ref: `s3://${bucket}/${objectKey}`,
        digest: etag,
        sizeBytes,
        extra: { etag },
      })
    }
    token = elementOf(text, 'NextContinuationToken')
  } while (token !== undefined)
  if (references.length === 0) throw referenceError(uri, 'there is no such object')
  return references
}

/** A key as it is called in the folder that a prefix names. */
export function relativeKey(key: string, prefix: string): string {
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
  return key.startsWith(folder) ? key.slice(folder.length) : lastPart(key)
}

function parseS3(uri: string): { bucket: string; key: string; versionId: string | undefined } {
  const [address = '', query = ''] = uri.slice('s3://'.length).split('?')
  const slash = address.indexOf('/')
  const bucket = slash === -1 ? address : address.slice(0, slash)
  const versionId = new URLSearchParams(query).get('versionId') ?? undefined
  return { bucket, key: slash === -1 ? '' : address.slice(slash + 1), versionId }
}

function s3Base(bucket: string, endpoint: string | undefined): string {
  if (endpoint !== undefined) return `${endpoint.replace(/\/+$/, '')}/${bucket}`
  // The certificate of *.s3.amazonaws.com covers no further dots.
  return bucket.includes('.') ? `https://s3.amazonaws.com/${bucket}` : `https://${bucket}.s3.amazonaws.com`
}

function encodeKey(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/')
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function elementOf(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1]
  return text?.replace(/&(?:#(\d+)|(\w+));/g, (all, code: string | undefined, entity: string | undefined) =>
    code === undefined ? (entities[entity ?? ''] ?? all) : String.fromCodePoint(Number(code)),
  )
}
