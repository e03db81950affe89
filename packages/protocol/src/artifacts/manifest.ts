import { ProtocolError } from '../errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts'
import { parseJson } from '../json/parse-json.ts'
import { stringifyJson } from '../json/stringify-json.ts'
import { toHex } from './base64.ts'
import { compareCodePoints } from './code-point-order.ts'
import { parseEntryPath } from './entry-path.ts'
import { md5 } from './md5.ts'

/** One file or reference of an artifact. */
export interface ManifestEntry {
  /** Of a file: MD5 in base64. Of a reference: ETag, generation, or the URI. */
  readonly digest: string
  /** Bytes. */
  readonly size?: number
  /** URI of a reference. */
  readonly ref?: string
  /** Id of the artifact version in which the bytes were first stored. */
  readonly birthArtifactId?: string
  /** Further facts, such as the ETag of a reference. */
  readonly extra?: JsonObject
}

/** The list of an artifact's files. */
export interface Manifest {
  /** How the contents are stored; `storageLayout: 'V2'`, and `storageRegion` where one was asked for. */
  readonly storagePolicyConfig: JsonObject
  /** By path, in the order of its code points. */
  readonly contents: ReadonlyMap<string, ManifestEntry>
}

/** The one policy that there is, by its name on the wire. */
export const storagePolicyName = 'wandb-storage-policy-v1'

/** The policy's settings for a new artifact. */
export const defaultStoragePolicyConfig: JsonObject = { storageLayout: 'V2' }

/** What a digest of a manifest needs of an entry. */
export interface DigestedEntry {
  readonly path: string
  readonly digest: string
}

/**
 * W&B's digest of an artifact: MD5 over the paths and digests of its entries. Sizes, references and metadata are no part
 * of it.
 *
 * @param entries - In any order, each path once.
 * @returns 32 hexadecimal digits.
 * @example
 * manifestDigest([]) // '64e7c61456b10382e2f3b571ac24b659'
 */
export function manifestDigest(entries: Iterable<DigestedEntry>): string {
  const parts: string[] = []
  const digest = createManifestDigest({
    update: (text) => parts.push(text),
    digest: () => toHex(md5(new TextEncoder().encode(parts.join('')))),
  })
  for (const entry of [...entries].sort((a, b) => compareCodePoints(a.path, b.path))) digest.add(entry)
  return digest.end()
}

/** An MD5 that takes text piece by piece, as Node's `createHash('md5')` does. */
export interface TextHash {
  update(text: string): unknown
  digest(encoding: 'hex'): string
}

/**
 * {@link manifestDigest} of entries that come one by one, sorted by the code points of their paths, so that they need not be
 * in memory together.
 */
export function createManifestDigest(hash: TextHash): { add(entry: DigestedEntry): void; end(): string } {
  hash.update('wandb-artifact-manifest-v1\n')
  return {
    add: ({ path, digest }) => void hash.update(`${path}:${digest}\n`),
    end: () => hash.digest('hex'),
  }
}

/** A manifest from entries in any order. Of two entries with one path the later one stays. */
export function createManifest(
  entries: Iterable<readonly [path: string, entry: ManifestEntry]>,
  storagePolicyConfig: JsonObject = defaultStoragePolicyConfig,
): Manifest {
  const contents = new Map([...new Map(entries)].sort(([a], [b]) => compareCodePoints(a, b)))
  return { storagePolicyConfig, contents }
}

/**
 * Reads `wandb_manifest.json`. What is private to the machine that wrote it (`local_path`, `skip_cache`) is left out.
 *
 * @throws {@link ProtocolError} `invalid-manifest`, also for a path that leads out of the artifact.
 */
export function parseManifest(text: string): Manifest {
  const manifest = parseOrRefuse(text)
  if (manifest.version !== 1) throw invalidManifest(`it has version ${stringifyJson(manifest.version ?? null)}, not 1`)
  if (manifest.storagePolicy !== storagePolicyName) {
    throw invalidManifest(`its storage policy is ${stringifyJson(manifest.storagePolicy ?? null)}`)
  }
  const { contents, storagePolicyConfig } = manifest
  if (!isJsonObject(contents)) throw invalidManifest('it has no object "contents"')
  return createManifest(
    Object.entries(contents).map(([path, entry]) => [parsePath(path), parseEntry(path, entry ?? null)] as const),
    isJsonObject(storagePolicyConfig) ? storagePolicyConfig : {},
  )
}

/** The text of `wandb_manifest.json`; {@link parseManifest} reads it. */
export function stringifyManifest({ contents, storagePolicyConfig }: Manifest): string {
  // A prototype would make a file called __proto__ disappear.
  const wireContents: Record<string, JsonValue> = Object.create(null)
  for (const [path, entry] of contents) wireContents[path] = toWireEntry(entry)
  return stringifyJson({ version: 1, storagePolicy: storagePolicyName, storagePolicyConfig, contents: wireContents })
}

function toWireEntry({ digest, ref, size, birthArtifactId, extra }: ManifestEntry): JsonObject {
  return {
    digest,
    ...(birthArtifactId === undefined ? {} : { birthArtifactID: birthArtifactId }),
    ...(ref === undefined ? {} : { ref }),
    ...(extra === undefined || Object.keys(extra).length === 0 ? {} : { extra }),
    ...(size === undefined ? {} : { size }),
  }
}

function parseEntry(path: string, entry: JsonValue): ManifestEntry {
  if (!isJsonObject(entry)) throw invalidManifest(`entry ${JSON.stringify(path)} is no object`)
  const { digest, size, ref, birthArtifactID, extra } = entry
  if (typeof digest !== 'string') throw invalidManifest(`entry ${JSON.stringify(path)} has no digest`)
  if (!(size === undefined || size === null || (Number.isSafeInteger(size) && (size as number) >= 0))) {
    throw invalidManifest(`entry ${JSON.stringify(path)} has the size ${stringifyJson(size)}`)
  }
  return {
    digest,
    ...(typeof size === 'number' ? { size } : {}),
    ...(typeof ref === 'string' ? { ref } : {}),
    ...(typeof birthArtifactID === 'string' ? { birthArtifactId: birthArtifactID } : {}),
    ...(isJsonObject(extra) && Object.keys(extra).length > 0 ? { extra } : {}),
  }
}

function parseOrRefuse(text: string): JsonObject {
  let manifest: JsonValue
  try {
    manifest = parseJson(text)
  } catch (cause) {
    throw invalidManifest('it is not JSON', cause)
  }
  if (!isJsonObject(manifest)) throw invalidManifest('it is no object')
  return manifest
}

function parsePath(path: string): string {
  try {
    return parseEntryPath(path)
  } catch (cause) {
    throw invalidManifest(`it holds the path ${JSON.stringify(path)}`, cause)
  }
}

function invalidManifest(reason: string, cause?: unknown): ProtocolError {
  return new ProtocolError({
    code: 'invalid-manifest',
    message: `Not a manifest of an artifact: ${reason}.`,
    ...(cause === undefined ? {} : { cause }),
  })
}
