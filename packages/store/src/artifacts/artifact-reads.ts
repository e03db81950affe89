import type {
  ArtifactAliasChangeRow,
  ArtifactAliasRow,
  ArtifactBlobRow,
  ArtifactClientIdRow,
  ArtifactCollectionKind,
  ArtifactCollectionRow,
  ArtifactDigestAlgorithm,
  ArtifactDirection,
  ArtifactEntryRow,
  ArtifactManifestRow,
  ArtifactMembershipRow,
  ArtifactRow,
  ArtifactTypeRow,
} from './artifact-rows.ts'

/** What can be asked about artifacts. Something that does not exist is undefined or an empty list. */
export interface ArtifactReads {
  /** Ascending by name. */
  types(project: number): Promise<readonly ArtifactTypeRow[]>
  collection(at: { readonly project: number; readonly name: string }): Promise<ArtifactCollectionRow | undefined>
  collectionById(id: number): Promise<ArtifactCollectionRow | undefined>
  /** Ascending by name. */
  collections(query: ArtifactCollectionQuery): Promise<readonly ArtifactCollectionRow[]>

  /** In any state. */
  artifact(id: number): Promise<ArtifactRow | undefined>
  /** Newest committed version of a sequence with this content. */
  artifactByDigest(at: {
    readonly sequence: number
    readonly digest: string
    readonly digestAlgorithm: ArtifactDigestAlgorithm
  }): Promise<ArtifactRow | undefined>
  /** The pending version that several runs write together under this id. */
  pendingArtifact(at: { readonly sequence: number; readonly distributedId: string }): Promise<ArtifactRow | undefined>
  /** Pending versions that have not changed since, oldest first. */
  abandonedArtifacts(query: { readonly untilMs: number; readonly limit: number }): Promise<readonly ArtifactRow[]>
  /** Committed versions whose lifetime is over and that no other collection links to, with ids above `after`, ascending. */
  expiredArtifacts(query: {
    readonly nowMs: number
    readonly after: number
    readonly limit: number
  }): Promise<readonly ArtifactRow[]>
  /** Whether a committed version has an entry that refers to another version with a URI that begins so, `wandb-artifact://…/`. */
  isReferredTo(uriPrefix: string): Promise<boolean>

  membership(at: ArtifactMembershipAddress): Promise<ArtifactMembershipRow | undefined>
  /** Of a collection, by version index. */
  memberships(query: ArtifactMembershipQuery): Promise<readonly ArtifactMembershipRow[]>
  /** Every collection that a version is in, the oldest first. */
  membershipsOf(artifact: number): Promise<readonly ArtifactMembershipRow[]>
  countMemberships(collection: number): Promise<number>

  /** By name. With both given, those of the version in the collection. */
  aliases(query: { readonly collection?: number; readonly artifact?: number }): Promise<readonly ArtifactAliasRow[]>
  /** How names of a collection have moved, but for `latest`, the newest change first; `before`: only those with smaller ids. */
  aliasChanges(query: {
    readonly collection: number
    readonly before?: number
    readonly limit: number
  }): Promise<readonly ArtifactAliasChangeRow[]>
  clientId(id: string): Promise<ArtifactClientIdRow | undefined>

  manifest(id: number): Promise<ArtifactManifestRow | undefined>
  /** In the order in which they were announced. */
  manifests(artifact: number): Promise<readonly ArtifactManifestRow[]>
  /** By path, in order of code points. */
  entries(query: ArtifactEntryQuery): Promise<readonly ArtifactEntryRow[]>
  /** An entry with these bytes (base64 MD5 or XXH128), where they are looked for; undefined also where only references name them. */
  entryByDigest(at: ArtifactEntryByDigest): Promise<ArtifactEntryRow | undefined>

  /** Those that the project has; in no order. */
  blobs(query: ArtifactBlobQuery): Promise<readonly ArtifactBlobRow[]>
  /** Bytes of all contents that the projects of an entity have, each once a project. */
  storageBytes(entity: string): Promise<number>
  /** Those of the given contents that a version, a pending version or a manifest needs. */
  contentsInUse(sha256s: readonly string[]): Promise<ReadonlySet<string>>

  /** Storage ids of the runs that used or made a version, the first one first. */
  runsOf(query: { readonly artifact: number; readonly direction: ArtifactDirection }): Promise<readonly number[]>
  /** Versions that a run used or made, the first one first; `total` is of all that are asked for. */
  artifactsOfRun(query: {
    readonly run: number
    readonly direction: ArtifactDirection
    /** Names of types whose versions are left out. Default: none. */
    readonly exceptTypes?: readonly string[]
    readonly offset?: number
    readonly limit?: number
  }): Promise<{ readonly artifacts: readonly ArtifactRow[]; readonly total: number }>
  /** Every version, also pending, that a run was the first to make. */
  artifactsCreatedBy(run: number): Promise<readonly ArtifactRow[]>
}

/** Which collections of a project. */
export interface ArtifactCollectionQuery {
  readonly project: number
  /** Name of a type. */
  readonly type?: string
  readonly kind?: ArtifactCollectionKind
  /** Part of the name, any case. A collection of just this name comes first then. */
  readonly search?: string
  /** Default: all. */
  readonly limit?: number
}

/** Which version of a collection. */
export type ArtifactMembershipAddress = { readonly collection: number } & (
  | { readonly versionIndex: number }
  | { readonly alias: string }
  | { readonly digest: string }
  | { readonly artifact: number }
  /** The one with the highest index. */
  | { readonly isNewest: true }
)

/** Which part of a collection, and from which end. */
export interface ArtifactMembershipQuery {
  readonly collection: number
  readonly isNewestFirst?: boolean
  /** Default 0. */
  readonly offset?: number
  /** Default: all. */
  readonly limit?: number
}

/** In which version, in which collection's versions, or anywhere in an entity's projects. */
export type ArtifactEntryByDigest = { readonly digest: string } & (
  | { readonly artifact: number }
  | { readonly collection: number }
  | { readonly entity: string }
)

/** Which contents of a project. */
export interface ArtifactBlobQuery {
  readonly project: number
  /** Base64. */
  readonly digests: readonly string[]
  readonly algorithm: ArtifactDigestAlgorithm
}

/** Which entries of a version. */
export interface ArtifactEntryQuery {
  readonly artifact: number
  /** Only entries behind this path. */
  readonly after?: string
  readonly limit?: number
  /** Only these; in the order of paths all the same. */
  readonly paths?: readonly string[]
}
