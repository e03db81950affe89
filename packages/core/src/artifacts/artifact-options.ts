import type { DirectoryNotice, FilePolicy } from '@lossline/journal'
import {
  isJsonObject,
  isReservedArtifactType,
  isVersionAlias,
  type JsonObject,
  parseArtifactAlias,
  parseArtifactTag,
} from '@lossline/protocol'
import type { OptionNames } from '../options/check-options.ts'
import { isRowObject } from '../table/table-rows.ts'
import { describeValue } from '../values/describe-value.ts'
import { toJson } from '../values/to-leaves.ts'
import { ArtifactError } from './artifact-error.ts'

/**
 * How long a version is kept: a time in milliseconds (whole seconds count), `'inherit'` for what its collection and
 * project say, or `'forever'`.
 */
export type TimeToLive = number | 'inherit' | 'forever'

/** What is known about a new artifact beside its name and type. */
export interface ArtifactOptions {
  readonly description?: string | undefined
  /** Anything that JSON can hold, at most 100 keys at the top. NaN becomes null, ±Infinity is refused. Default: none. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
  /** Whether the new version is the one before it plus what is added here. Default false. */
  readonly incremental?: boolean | undefined
  /** Default: what the server says. */
  readonly ttlMs?: TimeToLive | undefined
  /** Where the server shall store the contents, of the regions that it knows. Default: the server's choice. */
  readonly storageRegion?: string | undefined
}

/** @internal */
export const artifactOptionNames: OptionNames<ArtifactOptions> = {
  description: true,
  metadata: true,
  incremental: true,
  ttlMs: true,
  storageRegion: true,
}

/** How a file is added. */
export interface AddFileOptions {
  /** Path in the artifact. Default: the file's name without its folders. */
  readonly name?: string | undefined
  /**
   * `'mutable'` (default): the content is copied at once, and the file may change right after. `'immutable'`: you promise
   * to leave the file alone until the artifact is uploaded, and it is only linked where the file system can.
   */
  readonly policy?: FilePolicy | undefined
  /** Whether a file of that path with other content is replaced. Default false: that is an error. */
  readonly overwrite?: boolean | undefined
  /** Whether W&B's client shall keep no copy of the file in its cache. Default false. */
  readonly skipCache?: boolean | undefined
}

/** @internal */
export const addFileOptionNames: OptionNames<AddFileOptions> = {
  name: true,
  policy: true,
  overwrite: true,
  skipCache: true,
}

/** How a folder is added. */
export interface AddDirOptions extends Pick<AddFileOptions, 'policy' | 'skipCache'> {
  /** Folder in the artifact. Default: its root. */
  readonly name?: string | undefined
  /**
   * Globs of what is left out, by paths in the folder. `*`, `?`, `**`, `[abc]`, `{a,b}`; a glob without `/` matches names in
   * every folder, and a folder that matches is left out as a whole. Default: nothing is left out.
   */
  readonly exclude?: readonly string[] | undefined
  /** Globs of the files that are taken, in the same form. Default: all. */
  readonly include?: readonly string[] | undefined
  /** Whether symbolic links are followed, to files and folders. Default true. */
  readonly followSymlinks?: boolean | undefined
  /** Whether files of the same paths with other content are replaced. Default false: they are an error. */
  readonly merge?: boolean | undefined
}

/** @internal */
export const addDirOptionNames: OptionNames<AddDirOptions> = {
  name: true,
  exclude: true,
  include: true,
  followSymlinks: true,
  merge: true,
  policy: true,
  skipCache: true,
}

/** What {@link ArtifactDraft.addDir} has added. */
export interface AddDirResult {
  readonly fileCount: number
  /** Bytes of the files. */
  readonly sizeBytes: number
  /** How many files were known from an earlier time and not read again. */
  readonly reusedCount: number
  /** What is not as it might seem: empty folders, special files, links that lead elsewhere, clashes of names. */
  readonly notices: readonly DirectoryNotice[]
}

const metadataKeyCountMax = 100
const tagCountMax = 20

/** Metadata as JSON. @throws {@link ArtifactError} `artifact-invalid` */
export function toMetadata(metadata: unknown): JsonObject {
  if (metadata === undefined || metadata === null) return {}
  refuseFunctions(metadata, [])
  const json = toJson(metadata, { destination: 'config', onSkip: () => {} })
  if (json === undefined || !isJsonObject(json)) {
    throw invalid(
      `The metadata of an artifact is an object, not ${describeValue(metadata)}.`,
      'Give each value a name: { framework: "tfjs" }.',
    )
  }
  const keyCount = Object.keys(json).length
  if (keyCount > metadataKeyCountMax) {
    throw invalid(`The metadata has ${keyCount} keys, and at most ${metadataKeyCountMax} are allowed.`)
  }
  return nanToNull(json, []) as JsonObject
}

/** A config has a function's name where it holds one; in metadata that is a mistake. Cycles are found by who makes JSON of it. */
function refuseFunctions(value: unknown, path: readonly string[], parents: readonly unknown[] = []): void {
  if (typeof value === 'function') {
    throw invalid(
      `The metadata holds a function${path.length === 0 ? '' : ` at "${path.join('.')}"`}, which JSON cannot hold.`,
      'Pass what it returns, or leave it out.',
    )
  }
  if (!Array.isArray(value) && !isRowObject(value)) return
  if (parents.includes(value)) return
  for (const [key, member] of Object.entries(value)) refuseFunctions(member, [...path, key], [...parents, value])
}

function nanToNull(value: JsonObject[string], path: readonly string[]): JsonObject[string] {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    if (Number.isNaN(value)) return null
    throw invalid(`The metadata holds ${value} at "${path.join('.')}", which servers do not take.`)
  }
  if (Array.isArray(value)) return value.map((element, index) => nanToNull(element, [...path, String(index)]))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, nanToNull(member, [...path, key])]))
}

/** @throws {@link ArtifactError} `artifact-invalid` for types that W&B's clients keep for themselves. */
export function refuseReservedType(type: string, name: string): void {
  if (!isReservedArtifactType(type, name)) return
  throw invalid(`The type "${type}" together with the name "${name}" is reserved.`, 'Choose another type or name.')
}

/** Checked aliases, each once. @throws {@link ArtifactError}, {@link ProtocolError} */
export function toAliases(aliases: readonly string[] | string | undefined): string[] {
  const list = toTextList('aliases', aliases)
  for (const alias of list) {
    parseArtifactAlias(alias)
    if (isVersionAlias(alias)) throw invalid(`"${alias}" names a version and cannot be an alias.`)
  }
  return [...new Set(list)]
}

/** Checked tags, each once. @throws {@link ArtifactError}, {@link ProtocolError} */
export function toTags(tags: readonly string[] | string | undefined): string[] {
  const list = [...new Set(toTextList('tags', tags))]
  for (const tag of list) parseArtifactTag(tag)
  if (list.length > tagCountMax) throw invalid(`${list.length} tags are too many: at most ${tagCountMax} are allowed.`)
  return list
}

function toTextList(what: string, given: readonly string[] | string | undefined): readonly string[] {
  const list: unknown = typeof given === 'string' ? [given] : (given ?? [])
  if (Array.isArray(list) && list.every((member) => typeof member === 'string')) return list
  throw invalid(`${what} is a list of texts, not ${describeValue(given)}.`, `Pass ${what}: ['best', 'v1-candidate'].`)
}

/** A time to live in the seconds of the wire. @throws {@link ArtifactError} `artifact-invalid` */
export function toTtlSeconds(ttl: TimeToLive | undefined): number | undefined {
  if (ttl === undefined) return undefined
  if (ttl === 'inherit') return -1
  if (ttl === 'forever') return -2
  if (!(Number.isFinite(ttl) && ttl >= 1000)) {
    throw invalid(`A time to live is at least 1000 ms, not ${describeValue(ttl)}.`, "Or pass 'inherit' or 'forever'.")
  }
  return Math.round(ttl / 1000)
}

/** An option or value of an artifact that cannot be. */
export function invalid(message: string, hint?: string): ArtifactError {
  return new ArtifactError({ code: 'artifact-invalid', message, ...(hint === undefined ? {} : { hint }) })
}
