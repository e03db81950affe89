import { type JsonObject, type JsonValue, setProperty } from '../json/json-value.ts'
import { parseJson } from '../json/parse-json.ts'
import { stringifyJson } from '../json/stringify-json.ts'
import type { ArtifactManifest, ArtifactManifestEntry, ExtraItem } from '../records/record-types.ts'
import { compareCodePoints } from './code-point-order.ts'
import { defaultStoragePolicyConfig, type ManifestEntry, storagePolicyName } from './manifest.ts'

/** An entry together with where its bytes are on this machine. */
export interface LocalManifestEntry extends ManifestEntry {
  readonly path: string
  /** Absolute path of the file to upload. */
  readonly localPath?: string
  /** Whether W&B's client shall not keep a copy in its cache. */
  readonly skipCache?: boolean
}

/** The manifest of an artifact record in a journal. Entries are sorted by path. */
export function toManifestRecord(
  entries: Iterable<LocalManifestEntry>,
  storagePolicyConfig: JsonObject = defaultStoragePolicyConfig,
): ArtifactManifest {
  const sorted = [...entries].sort((a, b) => compareCodePoints(a.path, b.path))
  return {
    version: 1,
    storagePolicy: storagePolicyName,
    storagePolicyConfig: toExtraItems(storagePolicyConfig),
    contents: sorted.map(toEntryRecord),
  }
}

/** The entries of an artifact record, in the order of the record. */
export function fromManifestRecord({ contents = [] }: ArtifactManifest): LocalManifestEntry[] {
  return contents.map((entry) => {
    const extra = fromExtraItems(entry.extra ?? [])
    return {
      path: entry.path ?? '',
      digest: entry.digest ?? '',
      // Proto3 leaves out zeros: a file without a size is empty, a reference without one has none.
      ...(entry.size === undefined && entry.ref ? {} : { size: Number(entry.size ?? 0) }),
      ...(entry.ref ? { ref: entry.ref } : {}),
      ...(entry.birthArtifactId ? { birthArtifactId: entry.birthArtifactId } : {}),
      ...(entry.localPath ? { localPath: entry.localPath } : {}),
      ...(entry.skipCache ? { skipCache: true } : {}),
      ...(Object.keys(extra).length === 0 ? {} : { extra }),
    }
  })
}

/** The settings of the storage policy in an artifact record. */
export function storagePolicyConfigOf({ storagePolicyConfig = [] }: ArtifactManifest): JsonObject {
  return fromExtraItems(storagePolicyConfig)
}

function toEntryRecord(entry: LocalManifestEntry): ArtifactManifestEntry {
  const { path, digest, size, ref, birthArtifactId, localPath, skipCache, extra } = entry
  return {
    path,
    digest,
    ...(ref === undefined ? {} : { ref }),
    ...(size === undefined ? {} : { size }),
    ...(localPath === undefined ? {} : { localPath }),
    ...(birthArtifactId === undefined ? {} : { birthArtifactId }),
    ...(skipCache ? { skipCache } : {}),
    ...(extra === undefined ? {} : { extra: toExtraItems(extra) }),
  }
}

function toExtraItems(object: JsonObject): ExtraItem[] {
  return Object.entries(object).map(([key, value]) => ({ key, valueJson: stringifyJson(value ?? null) }))
}

function fromExtraItems(items: readonly ExtraItem[]): JsonObject {
  const object: Record<string, JsonValue> = {}
  for (const { key = '', valueJson = 'null' } of items) setProperty(object, key, maybeParse(valueJson))
  return object
}

/** A value that is no JSON is kept as text: it is somebody else's, and not worth losing the artifact for. */
function maybeParse(json: string): JsonValue {
  try {
    return parseJson(json)
  } catch {
    return json
  }
}
