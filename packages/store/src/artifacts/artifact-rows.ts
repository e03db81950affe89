/** A kind of artifact, such as `dataset` or `model`. */
export interface ArtifactTypeRow {
  readonly id: number
  readonly projectId: number
  readonly name: string
  readonly description: string | undefined
  readonly createdAtMs: number
}

/** Versions under one name: a `sequence` is where they are made, a `portfolio` holds links to versions of other collections. */
export type ArtifactCollectionKind = 'sequence' | 'portfolio'

/** A collection as stored. Its name is unique in the project, whatever its type and kind. */
export interface ArtifactCollectionRow {
  readonly id: number
  readonly projectId: number
  readonly entity: string
  readonly project: string
  readonly typeId: number
  readonly type: string
  readonly kind: ArtifactCollectionKind
  readonly name: string
  readonly description: string | undefined
  readonly tags: readonly string[]
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** `pending` until everything is uploaded; a `deleted` one has left all collections and keeps only its id. */
export type ArtifactState = 'pending' | 'committed' | 'deleted'

/** By what the files of a version and its list of them are named; the default of W&B's client is MD5. */
export type ArtifactDigestAlgorithm = 'md5' | 'xxh128'

/** What whoever makes a version says of it. */
export interface ArtifactFacts {
  /** Id of the collection in which it is made. */
  readonly sequence: number
  /** Hexadecimal, over paths and their digests. */
  readonly digest: string
  readonly digestAlgorithm: ArtifactDigestAlgorithm
  readonly description: string | undefined
  /** A JSON object as text. */
  readonly metadata: string | undefined
  readonly labels: string | undefined
  /** Seconds; -2: never; undefined: what the collection says. */
  readonly ttlSeconds: number | undefined
  readonly historyStep: number | undefined
  readonly storageRegion: string | undefined
  readonly distributedId: string | undefined
  /** Storage id of the run that made it. */
  readonly createdByRun: number | undefined
  readonly username: string
  /** Aliases to be given at commit. */
  readonly requestedAliases: readonly string[]
  readonly tags: readonly string[]
}

/** One version as stored. */
export interface ArtifactRow extends ArtifactFacts {
  readonly id: number
  readonly projectId: number
  readonly state: ArtifactState
  /** Everything of the manifest but its entries, as JSON text. */
  readonly manifestHead: string
  /** Of all entries, references included. */
  readonly sizeBytes: number
  readonly fileCount: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** A version's place in a collection; `versionIndex` counts from 0 in each collection and is never given twice. */
export interface ArtifactMembershipRow {
  readonly id: number
  readonly collection: number
  readonly versionIndex: number
  readonly createdAtMs: number
  readonly artifact: ArtifactRow
}

/** A name that points to one version of a collection. */
export interface ArtifactAliasRow {
  readonly id: number
  readonly collection: number
  readonly alias: string
  readonly artifact: number
}

/** A name of a collection that came to point to another version; versions by their index, undefined: to none. */
export interface ArtifactAliasChangeRow {
  readonly id: number
  readonly alias: string
  readonly from: number | undefined
  readonly to: number | undefined
  readonly atMs: number
}

/** `full`: all entries; `incremental`: on top of the base; `patch`: one of several that are merged. */
export type ArtifactManifestKind = 'full' | 'incremental' | 'patch'

/** A manifest as a client sent it; what a committed version holds are its entries. */
export interface ArtifactManifestRow {
  readonly id: number
  readonly artifact: number
  readonly kind: ArtifactManifestKind
  readonly name: string
  /** Base64 MD5 that the uploaded file should have; empty before it is known. */
  readonly digest: string
  readonly baseArtifact: number | undefined
  /** Of the uploaded file; undefined before. */
  readonly sha256: string | undefined
  readonly sizeBytes: number | undefined
}

/** Bytes that clients of a project may refer to by their MD5. */
export interface ArtifactBlobRow {
  readonly id: number
  readonly projectId: number
  /** Base64. */
  readonly md5: string
  /** XXH128 in base64, where the bytes came with one. */
  readonly xxh128: string | undefined
  /** Name in the blob store. */
  readonly sha256: string
  readonly sizeBytes: number
  /** The version with which they came first. */
  readonly birthArtifact: number
}

/** A file or reference of a version. */
export interface ArtifactEntryFields {
  /** Relative, parts joined with `/`. */
  readonly path: string
  readonly digest: string
  readonly sizeBytes: number | undefined
  /** URI, if the bytes are elsewhere. */
  readonly ref: string | undefined
  readonly birthArtifact: number | undefined
  /** A JSON object as text. */
  readonly extra: string | undefined
  /** Id of the {@link ArtifactBlobRow}; undefined for references. */
  readonly blob: number | undefined
}

/** An entry with where its bytes are. */
export interface ArtifactEntryRow extends ArtifactEntryFields {
  /** Name in the blob store; undefined for references. */
  readonly sha256: string | undefined
  /** Base64; the digest itself where that is one. Undefined for references. */
  readonly md5: string | undefined
}

/** `input`: the run used the version; `output`: the run made it (or made the same content again). */
export type ArtifactDirection = 'input' | 'output'

/** What a client id stands for. */
export type ArtifactClientIdRow = { readonly artifact: number } | { readonly collection: number }
