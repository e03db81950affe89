import type {
  ArtifactBlobRow,
  ArtifactCollectionKind,
  ArtifactCollectionRow,
  ArtifactDirection,
  ArtifactEntryFields,
  ArtifactFacts,
  ArtifactManifestKind,
  ArtifactManifestRow,
  ArtifactMembershipRow,
  ArtifactRow,
  ArtifactTypeRow,
} from './artifact-rows.ts'

/** One change of artifacts. */
export type ArtifactWrite =
  | PutArtifactTypeWrite
  | PutArtifactCollectionWrite
  | ChangeArtifactCollectionWrite
  | CreateArtifactWrite
  | ChangeArtifactWrite
  | PutArtifactManifestWrite
  | PutArtifactBlobWrite
  | PutArtifactEntriesWrite
  | CommitArtifactWrite
  | LinkArtifactWrite
  | {
      readonly kind: 'put-manifest-content'
      readonly manifest: number
      readonly sha256: string
      readonly sizeBytes: number
    }
  /** What a pending version will need: its bytes are kept although nothing refers to them yet. */
  | { readonly kind: 'claim-artifact-blobs'; readonly artifact: number; readonly md5s: readonly string[] }
  /** Points names at a version of the collection; a name that points elsewhere moves. */
  | {
      readonly kind: 'put-artifact-aliases'
      readonly collection: number
      readonly artifact: number
      readonly aliases: readonly string[]
      readonly nowMs: number
    }
  /** Takes names away from the version; one that points to another version stays. */
  | {
      readonly kind: 'delete-artifact-aliases'
      readonly collection: number
      readonly artifact: number
      readonly aliases: readonly string[]
      readonly nowMs: number
    }
  | {
      readonly kind: 'put-artifact-client-ids'
      readonly artifact: number
      readonly clientId: string | undefined
      readonly sequenceClientId: string | undefined
    }
  /** A repeated one is the same. */
  | {
      readonly kind: 'put-artifact-usage'
      readonly run: number
      readonly direction: ArtifactDirection
      readonly artifact: number
      readonly usedAs?: string | undefined
    }
  /** Takes the version out of one collection. `latest` goes to the newest that remains. */
  | { readonly kind: 'unlink-artifact'; readonly collection: number; readonly artifact: number; readonly nowMs: number }
  /**
   * Takes the version out of every collection and forgets its entries. Its id and its client ids stay. With
   * `onlyIfPendingSinceMs` only one that is still pending and has not changed after that time, with `onlyIfExpiredAtMs` only
   * one whose lifetime is over then and that no other collection links to; another one stays.
   */
  | {
      readonly kind: 'delete-artifact'
      readonly artifact: number
      readonly onlyIfPendingSinceMs?: number | undefined
      readonly onlyIfExpiredAtMs?: number | undefined
      readonly nowMs: number
    }
  /** Deletes a portfolio with its links, or a sequence with its versions. */
  | { readonly kind: 'delete-artifact-collection'; readonly collection: number; readonly nowMs: number }
  /** Forgets contents that nothing needs; others stay. */
  | { readonly kind: 'forget-contents'; readonly sha256s: readonly string[] }

/** Makes a type where it is missing; a description changes the one that is there. */
export interface PutArtifactTypeWrite {
  readonly kind: 'put-artifact-type'
  readonly project: number
  readonly name: string
  readonly description?: string | undefined
  readonly nowMs: number
}

/** Makes a collection (and its project and type) where it is missing; one that is there stays as it is. */
export interface PutArtifactCollectionWrite {
  readonly kind: 'put-artifact-collection'
  readonly entity: string
  readonly project: string
  readonly name: string
  readonly type: string
  readonly collectionKind: ArtifactCollectionKind
  readonly nowMs: number
}

/** Undefined leaves a field as it is. A type that is missing is made. */
export interface ChangeArtifactCollectionWrite {
  readonly kind: 'change-artifact-collection'
  readonly collection: number
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly type?: string | undefined
  readonly tagsToAdd?: readonly string[]
  readonly tagsToDelete?: readonly string[]
  readonly nowMs: number
}

/** A new pending version of a sequence. */
export interface CreateArtifactWrite extends ArtifactFacts {
  readonly kind: 'create-artifact'
  readonly clientId: string | undefined
  readonly sequenceClientId: string | undefined
  readonly nowMs: number
}

/** Undefined leaves a field as it is; null clears it. */
export interface ChangeArtifactWrite {
  readonly kind: 'change-artifact'
  readonly artifact: number
  readonly description?: string | null | undefined
  readonly metadata?: string | undefined
  readonly labels?: string | undefined
  readonly ttlSeconds?: number | null | undefined
  /** Added to those that a pending version asks for. */
  readonly requestedAliases?: readonly string[] | undefined
  readonly tagsToAdd?: readonly string[]
  readonly tagsToDelete?: readonly string[]
  readonly nowMs: number
}

/** Announces a manifest, or changes the announced one: digest '' and an undefined base leave what was said before. */
export interface PutArtifactManifestWrite
  extends Pick<ArtifactManifestRow, 'artifact' | 'name' | 'digest' | 'baseArtifact'> {
  readonly kind: 'put-artifact-manifest'
  /** Undefined: a new one. */
  readonly manifest: number | undefined
  readonly manifestKind: ArtifactManifestKind
}

/**
 * Bytes that have arrived. The first version of the project that brings them stays their birth artifact. An XXH128 that comes
 * later is added; one that names other bytes already stays with these.
 */
export interface PutArtifactBlobWrite extends Omit<ArtifactBlobRow, 'id' | 'projectId'> {
  readonly kind: 'put-artifact-blob'
  readonly project: number
}

/** Entries of a version that is not committed yet; one of the same path is replaced. */
export interface PutArtifactEntriesWrite {
  readonly kind: 'put-artifact-entries'
  readonly artifact: number
  /** Forgets what was put before: a commit that begins again. */
  readonly isFirst: boolean
  readonly entries: readonly ArtifactEntryFields[]
}

/** Ends a pending version: it gets the next index of its sequence, its aliases and `latest`. A committed one stays as it is. */
export interface CommitArtifactWrite extends Pick<ArtifactRow, 'digest' | 'sizeBytes' | 'fileCount' | 'manifestHead'> {
  readonly kind: 'commit-artifact'
  readonly artifact: number
  readonly nowMs: number
}

/** Puts a committed version into a portfolio, with its next index, the aliases and `latest`; one that is in it keeps its index. */
export interface LinkArtifactWrite {
  readonly kind: 'link-artifact'
  readonly collection: number
  readonly artifact: number
  readonly aliases: readonly string[]
  readonly nowMs: number
}

/** What a change answers. */
export type ArtifactWriteResult<W> = W extends PutArtifactTypeWrite
  ? { readonly type: ArtifactTypeRow }
  : W extends PutArtifactCollectionWrite | ChangeArtifactCollectionWrite
    ? { readonly collection: ArtifactCollectionRow }
    : W extends CreateArtifactWrite | ChangeArtifactWrite
      ? { readonly artifact: ArtifactRow }
      : W extends PutArtifactManifestWrite
        ? { readonly manifest: ArtifactManifestRow }
        : W extends PutArtifactBlobWrite
          ? { readonly blob: ArtifactBlobRow }
          : W extends CommitArtifactWrite | LinkArtifactWrite
            ? { readonly membership: ArtifactMembershipRow }
            : undefined
