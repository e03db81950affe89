import { isJsonObject, type JsonObject, parseJson } from '@lossline/protocol'
import { maybeText } from '../read-reply.ts'
import { request, toSize } from './http-reference.ts'
import {
  joinPath,
  lastPart,
  type Reference,
  type ReferenceRequest,
  referenceError,
  tooManyObjects,
} from './reference.ts'
import { relativeKey } from './s3-reference.ts'

const endpointDefault = 'https://storage.googleapis.com'

/** An object of Google Cloud Storage, or all below a prefix, without credentials. */
export async function lookUpGs({ uri, name, isChecked, maxObjects, files }: ReferenceRequest): Promise<Reference[]> {
  const { bucket, key, generation } = parseGs(uri)
  const ref = `gs://${bucket}/${key}`
  if (!isChecked) return [{ path: name ?? key, ref, digest: ref, sizeBytes: undefined, extra: {} }]
  const base = `${files.storeEndpoints().gs ?? endpointDefault}/storage/v1/b/${encodeURIComponent(bucket)}/o`
  if (key !== '' && !key.endsWith('/')) {
    const query = generation === undefined ? '' : `?generation=${generation}`
    const object = await fetchJson(uri, `${base}/${encodeURIComponent(key)}${query}`)
    if (object !== undefined) return [toReference(object, ref, name ?? lastPart(key))]
    if (generation !== undefined) throw referenceError(uri, 'there is no such object')
  }
  const references: Reference[] = []
  let pageToken: string | undefined
  do {
    const query = new URLSearchParams({ prefix: key })
    if (pageToken !== undefined) query.set('pageToken', pageToken)
    const page = await fetchJson(uri, `${base}?${query}`)
    for (const object of Array.isArray(page?.items) ? (page.items as readonly JsonObject[]) : []) {
      const objectKey = maybeText(object, 'name') ?? ''
      if (objectKey.endsWith('/')) continue
      if (references.length === maxObjects) throw tooManyObjects(uri, maxObjects)
      const path = joinPath(name, relativeKey(objectKey, key))
      references.push(toReference(object, `gs://${bucket}/${objectKey}`, path))
    }
    pageToken = maybeText(page, 'nextPageToken')
  } while (pageToken !== undefined)
  if (references.length === 0) throw referenceError(uri, 'there is no such object')
  return references
}

/** Where an object of Google Cloud Storage is fetched from. */
export function gsUrl(ref: string, endpoint: string | undefined, generation: string | undefined): string {
  const { bucket, key } = parseGs(ref)
  const base = `${endpoint ?? endpointDefault}/storage/v1/b/${encodeURIComponent(bucket)}/o/${encodeURIComponent(key)}`
  return `${base}?alt=media${generation === undefined ? '' : `&generation=${generation}`}`
}

function toReference(object: JsonObject, ref: string, path: string): Reference {
  const generation = maybeText(object, 'generation')
  return {
    path,
    ref,
    digest: maybeText(object, 'etag') ?? '',
    sizeBytes: toSize(maybeText(object, 'size')),
    extra: generation === undefined ? {} : { versionID: BigInt(generation) },
  }
}

async function fetchJson(uri: string, url: string): Promise<JsonObject | undefined> {
  const response = await request(uri, url, 'GET')
  const text = await response.text()
  if (response.status === 404) return undefined
  if (!response.ok) throw referenceError(uri, `the store answered ${response.status}`)
  const json = parseJson(text)
  return isJsonObject(json) ? json : undefined
}

function parseGs(uri: string): { bucket: string; key: string; generation: string | undefined } {
  const [address = '', generation] = uri.slice('gs://'.length).split('#')
  const slash = address.indexOf('/')
  if (slash === -1) return { bucket: address, key: '', generation }
  return { bucket: address.slice(0, slash), key: address.slice(slash + 1), generation }
}
