type Maybe<T> = T | null | undefined

/** Arguments of a mutation. */
export type Input<T> = { readonly input: T }

export interface AliasInput {
  readonly alias: string
  readonly artifactCollectionName: string
}

export interface TagInput {
  readonly tagName: string
}

export interface CreateArtifactInput {
  readonly entityName: string
  readonly projectName: string
  readonly artifactTypeName: string
  readonly digest: string
  readonly artifactCollectionName?: Maybe<string>
  readonly artifactCollectionNames?: Maybe<readonly string[]>
  readonly runName?: Maybe<string>
  readonly digestAlgorithm?: Maybe<string>
  readonly description?: Maybe<string>
  readonly labels?: Maybe<string>
  readonly metadata?: Maybe<string>
  readonly aliases?: Maybe<readonly AliasInput[]>
  readonly tags?: Maybe<readonly TagInput[]>
  readonly clientID?: Maybe<string>
  readonly sequenceClientID?: Maybe<string>
  readonly distributedID?: Maybe<string>
  readonly enableDigestDeduplication?: Maybe<boolean>
  readonly historyStep?: Maybe<number>
  readonly ttlDurationSeconds?: Maybe<number>
  readonly storageRegion?: Maybe<string>
}

export interface CreateManifestInput {
  readonly artifactID: string
  readonly baseArtifactID?: Maybe<string>
  readonly name: string
  readonly digest: string
  readonly type?: Maybe<string>
}

export interface UpdateManifestInput {
  readonly artifactManifestID: string
  readonly digest?: Maybe<string>
  readonly baseArtifactID?: Maybe<string>
}

/** Of a part that is announced `hexMD5` is its MD5, of one that has been uploaded the `ETag` of the answer, as it came. */
export interface PartInput {
  readonly partNumber: number
  readonly hexMD5: string
}

export interface CreateFilesInput {
  readonly artifactFiles: readonly {
    readonly artifactID: string
    readonly name: string
    readonly md5: string
    /** In the algorithm of the version, base64. */
    readonly digest?: Maybe<string>
    readonly uploadPartsInput?: Maybe<readonly PartInput[]>
  }[]
  readonly digestAlgorithm?: Maybe<string>
}

export interface CompleteMultipartInput {
  readonly completedParts: readonly PartInput[]
  readonly artifactID: string
  readonly storagePath: string
  readonly uploadID: string
}

export interface UseArtifactInput {
  readonly entityName: string
  readonly projectName: string
  readonly runName: string
  readonly artifactID: string
  readonly usedAs?: Maybe<string>
}

export interface UpdateArtifactInput {
  readonly artifactID: string
  readonly description?: Maybe<string>
  readonly metadata?: Maybe<string>
  readonly labels?: Maybe<string>
  readonly ttlDurationSeconds?: Maybe<number>
  readonly aliases?: Maybe<readonly AliasInput[]>
  readonly tagsToAdd?: Maybe<readonly TagInput[]>
  readonly tagsToDelete?: Maybe<readonly TagInput[]>
}

/** Of `addAliases` and `deleteAliases`. */
export interface AliasesInput {
  readonly artifactID: string
  readonly aliases: readonly (AliasInput & { readonly entityName: string; readonly projectName: string })[]
}

export interface LinkArtifactInput {
  readonly artifactID?: Maybe<string>
  readonly clientID?: Maybe<string>
  readonly artifactPortfolioID?: Maybe<string>
  readonly artifactPortfolioName?: Maybe<string>
  readonly entityName?: Maybe<string>
  readonly projectName?: Maybe<string>
  readonly aliases?: Maybe<readonly AliasInput[]>
}

/** Of `updateArtifactSequence` and `updateArtifactPortfolio`, which differ in the name of the id. */
export interface UpdateCollectionInput {
  readonly artifactSequenceID?: string
  readonly artifactPortfolioID?: string
  readonly name?: Maybe<string>
  readonly description?: Maybe<string>
}

/** Of both mutations on tags of collections. */
export interface CollectionTagsInput {
  readonly entityName: string
  readonly projectName: string
  readonly artifactCollectionName: string
  readonly tags: readonly TagInput[]
}

export interface CreateTypeInput {
  readonly entityName: string
  readonly projectName: string
  readonly name: string
  readonly description?: Maybe<string>
}
