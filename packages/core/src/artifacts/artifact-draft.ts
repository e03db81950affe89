import {
  defaultStoragePolicyConfig,
  generateClientId,
  type JsonObject,
  manifestDigest,
  normalizeEntryPath,
  parseArtifactName,
  parseArtifactType,
} from '@lossline/protocol'
import type { MediaValue } from '../media/media-value.ts'
import { checkOptions } from '../options/check-options.ts'
import { ArtifactError } from './artifact-error.ts'
import type { ArtifactFiles, KeepTarget } from './artifact-files.ts'
import { markAsArtifact } from './artifact-mark.ts'
import {
  type AddDirOptions,
  type AddDirResult,
  type AddFileOptions,
  type ArtifactOptions,
  artifactOptionNames,
  refuseReservedType,
  type TimeToLive,
  toAliases,
  toMetadata,
  toTags,
  toTtlSeconds,
} from './artifact-options.ts'
import { checkNameAndType, checkText } from './check-arguments.ts'
import { addBuffer, addDir, addFile, addReference, addValue, type DraftParts, openNewFile } from './draft-contents.ts'
import { type ArtifactEntry, createDraftEntries, type DraftEntry } from './draft-entries.ts'
import { targetOfNow } from './draft-target.ts'
import { createDraftWork, type DraftWork } from './draft-work.ts'
import type { ArtifactFileWriter } from './file-writer.ts'
import type { AddReferenceOptions } from './references/reference.ts'

/** What a draft is to become, beside its files. */
export interface DraftFacts {
  readonly clientId: string
  readonly sequenceClientId: string
  /** The version that a draft was made from. */
  readonly baseId: string | undefined
  readonly isIncremental: boolean
  readonly storagePolicyConfig: JsonObject
}

/** How a draft is made that no user makes. */
interface InternalDraftOptions {
  readonly isReservedAllowed?: boolean
  readonly baseId?: string
  readonly entries?: readonly DraftEntry[]
  /** Where contents are kept. Default: with the active run. */
  readonly target?: KeepTarget
}

/**
 * A version of an artifact that is being put together. `new Artifact(…)` makes one; `run.logArtifact` logs it, and from
 * then on it cannot be changed.
 */
export class ArtifactDraft {
  readonly name: string
  readonly type: string
  /** Longer text for people. */
  description: string | undefined
  readonly #files: ArtifactFiles
  readonly #entries = createDraftEntries()
  readonly #facts: DraftFacts
  readonly #work: DraftWork
  readonly #parts: DraftParts
  #metadata: JsonObject
  #aliases: readonly string[] = []
  #tags: readonly string[] = []
  #ttl: TimeToLive | undefined

  /** @internal Made by `new Artifact(…)`, `version.newDraft()` and the run's own artifacts. */
  constructor(
    name: string,
    type: string,
    options: ArtifactOptions,
    files: ArtifactFiles,
    internal: InternalDraftOptions = {},
  ) {
    markAsArtifact(this)
    checkNameAndType(name, type)
    checkOptions('new Artifact', options, artifactOptionNames)
    this.name = parseArtifactName(name)
    this.type = parseArtifactType(type)
    if (internal.isReservedAllowed !== true) refuseReservedType(type, name)
    this.#work = createDraftWork(this.name)
    this.description = options.description
    this.#metadata = toMetadata(options.metadata)
    this.ttlMs = options.ttlMs
    this.#files = files
    const { target } = internal
    const targetNow = target === undefined ? () => targetOfNow(files) : () => target
    this.#parts = { files, entries: this.#entries, work: this.#work, target: targetNow }
    this.#facts = {
      clientId: generateClientId(),
      sequenceClientId: generateClientId(),
      baseId: internal.baseId,
      isIncremental: options.incremental ?? false,
      storagePolicyConfig:
        options.storageRegion === undefined
          ? defaultStoragePolicyConfig
          : { ...defaultStoragePolicyConfig, storageRegion: options.storageRegion },
    }
    for (const entry of internal.entries ?? []) this.#entries.add(entry, false)
  }

  /** Anything that JSON can hold. May be replaced, not changed in place. */
  get metadata(): JsonObject {
    return this.#metadata
  }
  set metadata(metadata: Readonly<Record<string, unknown>>) {
    this.#work.change('metadata')
    this.#metadata = toMetadata(metadata)
  }

  /** Names that the version will have beside `latest`. May be replaced. */
  get aliases(): readonly string[] {
    return this.#aliases
  }
  set aliases(aliases: readonly string[]) {
    this.#work.change('aliases')
    this.#aliases = Object.freeze(toAliases(aliases))
  }

  /** Labels that the version will have. May be replaced. */
  get tags(): readonly string[] {
    return this.#tags
  }
  set tags(tags: readonly string[]) {
    this.#work.change('tags')
    this.#tags = Object.freeze(toTags(tags))
  }

  /** How long the version will be kept; undefined: as the server says. */
  get ttlMs(): TimeToLive | undefined {
    return this.#ttl
  }
  set ttlMs(ttl: TimeToLive | undefined) {
    this.#work.change('ttlMs')
    toTtlSeconds(ttl)
    this.#ttl = ttl
  }

  /** Files and references so far, in the order of their paths. */
  get entries(): readonly ArtifactEntry[] {
    return this.#entries.list()
  }
  /** Number of files and references. */
  get fileCount(): number {
    return this.#entries.list().length
  }
  /** Bytes of all files and references whose size is known. */
  get sizeBytes(): number {
    return this.#entries.list().reduce((bytes, entry) => bytes + (entry.sizeBytes ?? 0), 0)
  }
  /** W&B's digest of the contents: 32 hexadecimal digits. The same paths and contents give the same digest. */
  get digest(): string {
    return manifestDigest(this.#entries.list())
  }
  /** Whether it has been logged and cannot be changed any more. */
  get isFrozen(): boolean {
    return this.#work.isFrozen
  }
  /** Whether the version will be the one before it plus what is added here. */
  get isIncremental(): boolean {
    return this.#facts.isIncremental
  }
  /** Id of the version that this one was made from, if it was. */
  get baseId(): string | undefined {
    return this.#facts.baseId
  }

  /** The entry of a path, if there is one. */
  get(path: string): ArtifactEntry | undefined {
    return this.#entries.get(path)
  }

  /**
   * Adds a file. When the promise resolves the content is copied, and the file may change (unless it is `'immutable'`).
   *
   * @throws {@link ArtifactFileError} when the file cannot be read or changes meanwhile; {@link ArtifactError}
   *   `artifact-path-taken`, `artifact-frozen`.
   * @example await artifact.addFile('build/model.onnx', { name: 'model.onnx' })
   */
  async addFile(path: string, options: AddFileOptions = {}): Promise<ArtifactEntry> {
    this.#work.change('addFile')
    return addFile(this.#parts, path, options)
  }

  /**
   * Adds all files of a folder and of those in it. They are read by a thread for each core; a file that is as it was when
   * this data folder last saw it is not read at all.
   *
   * @throws {@link ArtifactFileError} naming the file that cannot be read, or that changes or vanishes meanwhile;
   *   {@link ArtifactError} `artifact-path-taken`, `artifact-frozen`. Nothing of the folder is added then.
   * @example await artifact.addDir('data', { exclude: ['*.tmp', '.git/'] })
   */
  async addDir(path: string, options: AddDirOptions = {}): Promise<AddDirResult> {
    this.#work.change('addDir')
    return addDir(this.#parts, path, options)
  }

  /**
   * Adds bytes or a text (as UTF-8) as a file.
   *
   * @throws {@link ArtifactError} `artifact-path-taken`, `artifact-frozen`; {@link ArtifactFileError} when the disk is full.
   * @example await artifact.addBuffer(JSON.stringify(labels), 'labels.json')
   */
  async addBuffer(
    content: Uint8Array | ArrayBuffer | string,
    name: string,
    options: Pick<AddFileOptions, 'overwrite' | 'skipCache'> = {},
  ): Promise<ArtifactEntry> {
    this.#work.change('addBuffer')
    return addBuffer(this.#parts, content, name, options)
  }

  /**
   * Opens a new file of the artifact for writing. It is added by {@link ArtifactFileWriter.close}.
   *
   * @throws {@link ArtifactError} `artifact-frozen`
   * @example
   * const file = artifact.newFile('log.txt')
   * await file.write('first line\n')
   * await file.close()
   */
  newFile(name: string, options: Pick<AddFileOptions, 'overwrite'> = {}): ArtifactFileWriter {
    this.#work.change('newFile')
    return openNewFile(this.#parts, name, options)
  }

  /**
   * Adds a table or a media value as `<name>.<type>.json`, together with its files. It is taken as it is at the call, and
   * encoded and hashed by another thread.
   *
   * @returns the entry of that file; {@link ArtifactVersion.get} finds it by the name.
   * @throws {@link ArtifactError} `artifact-path-taken`, `artifact-frozen`; {@link ArtifactFileError} for media files that
   *   cannot be read.
   * @example await artifact.add(new Table({ columns: ['text', 'label'], rows }), 'examples')
   */
  async add(value: MediaValue, name: string, options: Pick<AddFileOptions, 'overwrite'> = {}): Promise<ArtifactEntry> {
    this.#work.change('add')
    return addValue(this.#parts, value, name, options)
  }

  /**
   * Adds a reference: an address whose content stays where it is. For `https://`, `s3://` and `gs://` the store is asked
   * for size and ETag, without credentials; a file or folder at `file://` is read; of an address with another scheme the
   * text alone counts. An entry of another version refers to the file there.
   *
   * @param uri - An address, or an entry from {@link ArtifactVersion.entries}.
   * @returns the entries: several for a folder or prefix.
   * @throws {@link ArtifactError} `artifact-reference`, `artifact-path-taken`, `artifact-frozen`.
   * @example await artifact.addReference('https://example.com/data.csv', { name: 'data.csv' })
   */
  async addReference(uri: string | ArtifactEntry, options: AddReferenceOptions = {}): Promise<ArtifactEntry[]> {
    this.#work.change('addReference')
    return addReference(this.#parts, uri, options)
  }

  /**
   * Removes a file, a reference, or all of a folder.
   *
   * @throws {@link ArtifactError} `artifact-entry-missing`, `artifact-frozen`
   */
  remove(pathOrEntry: string | ArtifactEntry): void {
    this.#work.change('remove')
    const given: unknown = typeof pathOrEntry === 'string' ? pathOrEntry : pathOrEntry?.path
    checkText('remove', 'path', given)
    const path = normalizeEntryPath(given)
    if (this.#entries.remove(path) > 0) return
    throw new ArtifactError({ code: 'artifact-entry-missing', message: `"${path}" is not in artifact "${this.name}".` })
  }

  /**
   * @internal Adds a file, a folder, or what a URI refers to; logging waits for it.
   *
   * @throws {@link ArtifactFileError} when there is nothing at the path.
   */
  takeIn(pathOrUri: string): void {
    this.#work.leaveToLogging(this.#takeIn(pathOrUri))
  }

  #takeIn(pathOrUri: string): Promise<unknown> {
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(pathOrUri)) return this.addReference(pathOrUri)
    return this.#files.isDirectory(pathOrUri) ? this.addDir(pathOrUri) : this.addFile(pathOrUri)
  }

  /** @internal Ends all changes, for logging. @throws {@link ArtifactError} `artifact-invalid` while a new file is open. */
  freeze(): void {
    this.#work.freeze()
  }

  /** @internal Resolves when everything that is being added is there; rejects with the first error. */
  async settled(): Promise<void> {
    await this.#work.settled()
  }

  /** @internal Whether something is still being added. */
  get isSettled(): boolean {
    return this.#work.isSettled
  }

  /** @internal */
  get draftEntries(): readonly DraftEntry[] {
    return this.#entries.list()
  }

  /** @internal */
  get facts(): DraftFacts {
    return this.#facts
  }
}
