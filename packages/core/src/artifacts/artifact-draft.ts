import {
  defaultStoragePolicyConfig,
  generateClientId,
  type JsonObject,
  manifestDigest,
  normalizeEntryPath,
  parseArtifactName,
  parseArtifactType,
  parseEntryPath,
} from '@lossline/protocol'
import type { MediaValue } from '../media/media-value.ts'
import { activeRun } from '../run/active-runs.ts'
import type { Mode } from '../settings/settings.ts'
import { ArtifactError } from './artifact-error.ts'
import type { ArtifactFiles, KeepTarget } from './artifact-files.ts'
import {
  type AddDirOptions,
  type AddDirResult,
  type AddFileOptions,
  type ArtifactOptions,
  invalid,
  refuseReservedType,
  type TimeToLive,
  toAliases,
  toMetadata,
  toTags,
  toTtlSeconds,
} from './artifact-options.ts'
import { type ArtifactEntry, createDraftEntries, type DraftEntry, toContentEntry } from './draft-entries.ts'
import { type ArtifactFileWriter, openArtifactFileWriter } from './file-writer.ts'
import { toMediaEntries } from './media-entry.ts'
import { referToEntry, toReferenceEntry } from './references/entry-reference.ts'
import { lookUpReference } from './references/look-up-reference.ts'
import type { AddReferenceOptions } from './references/reference.ts'

// As many as W&B's client takes.
const maxObjectsDefault = 10_000_000

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
  readonly #pending = new Set<Promise<unknown>>()
  readonly #openPaths = new Set<string>()
  readonly #ownTarget: KeepTarget | undefined
  #metadata: JsonObject
  #aliases: readonly string[] = []
  #tags: readonly string[] = []
  #ttl: TimeToLive | undefined
  #isFrozen = false

  /** @internal Made by `new Artifact(…)`, `version.newDraft()` and the run's own artifacts. */
  constructor(
    name: string,
    type: string,
    options: ArtifactOptions,
    files: ArtifactFiles,
    internal: InternalDraftOptions = {},
  ) {
    this.name = parseArtifactName(name)
    this.type = parseArtifactType(type)
    if (internal.isReservedAllowed !== true) refuseReservedType(type, name)
    this.description = options.description
    this.#metadata = toMetadata(options.metadata)
    this.ttlMs = options.ttlMs
    this.#files = files
    this.#ownTarget = internal.target
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
    this.#change('metadata')
    this.#metadata = toMetadata(metadata)
  }

  /** Names that the version will have beside `latest`. May be replaced. */
  get aliases(): readonly string[] {
    return this.#aliases
  }
  set aliases(aliases: readonly string[]) {
    this.#change('aliases')
    this.#aliases = Object.freeze(toAliases(aliases))
  }

  /** Labels that the version will have. May be replaced. */
  get tags(): readonly string[] {
    return this.#tags
  }
  set tags(tags: readonly string[]) {
    this.#change('tags')
    this.#tags = Object.freeze(toTags(tags))
  }

  /** How long the version will be kept; undefined: as the server says. */
  get ttlMs(): TimeToLive | undefined {
    return this.#ttl
  }
  set ttlMs(ttl: TimeToLive | undefined) {
    this.#change('ttlMs')
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
    return this.#isFrozen
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
    this.#change('addFile')
    const name = normalizeEntryPath(options.name ?? this.#files.baseName(path))
    const content = this.#files.keepFile({ path, policy: options.policy ?? 'mutable', target: this.#target() })
    return this.#wait(
      content.then((kept) => this.#add(toContentEntry(name, kept, options.skipCache ?? false), options)),
    )
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
    this.#change('addDir')
    const {
      name = '',
      policy = 'mutable',
      skipCache = false,
      merge = false,
      exclude,
      include,
      followSymlinks,
    } = options
    const folder = name === '' || name === '.' ? '' : `${normalizeEntryPath(name)}/`
    const keeping = this.#files.keepDirectory({
      path,
      policy,
      target: this.#target(),
      ...(exclude === undefined ? {} : { exclude }),
      ...(include === undefined ? {} : { include }),
      ...(followSymlinks === undefined ? {} : { followSymlinks }),
    })
    const adding = keeping.then(({ files, reusedCount, notices }) => {
      const entries = files.map((file) => toContentEntry(parseEntryPath(folder + file.name), file.content, skipCache))
      this.#entries.addAll(entries, merge)
      return {
        fileCount: entries.length,
        sizeBytes: entries.reduce((bytes, entry) => bytes + (entry.sizeBytes ?? 0), 0),
        reusedCount,
        notices: [...notices, ...this.#files.findNameClashes(this.#entries.list().map((entry) => entry.path))],
      }
    })
    return this.#wait(adding)
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
    this.#change('addBuffer')
    const path = normalizeEntryPath(name)
    const kept = this.#files.keepBytes(toBytes(content), this.#target())
    return this.#wait(
      kept.then((stored) => this.#add(toContentEntry(path, stored, options.skipCache ?? false), options)),
    )
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
    this.#change('newFile')
    const path = normalizeEntryPath(name)
    this.#openPaths.add(path)
    return openArtifactFileWriter({
      path,
      onClose: () => this.#openPaths.delete(path),
      opening: this.#files.openNewFile(this.#target()),
      add: (kept) => this.#add(toContentEntry(path, kept, false), options),
      wait: (closing) => this.#wait(closing),
    })
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
    this.#change('add')
    const media = { snapshot: value.toSnapshot(), name: normalizeEntryPath(name), target: this.#target() }
    const adding = toMediaEntries(media, this.#files).then((entries) => {
      const own = entries.at(-1)
      if (own === undefined) throw invalid('This value has no form in an artifact.')
      this.#entries.addAll(entries, options.overwrite ?? false)
      return own
    })
    return this.#wait(adding)
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
    this.#change('addReference')
    const { name, checksum = true, maxObjects = maxObjectsDefault, overwrite = false } = options
    const looking =
      typeof uri === 'string'
        ? lookUpReference({ uri, name, isChecked: checksum, maxObjects, files: this.#files })
        : Promise.resolve([referToEntry(uri, name)])
    return this.#wait(
      looking.then((references) => {
        const entries = references.map(toReferenceEntry)
        this.#entries.addAll(entries, overwrite)
        return entries
      }),
    )
  }

  /**
   * Removes a file, a reference, or all of a folder.
   *
   * @throws {@link ArtifactError} `artifact-entry-missing`, `artifact-frozen`
   */
  remove(pathOrEntry: string | ArtifactEntry): void {
    this.#change('remove')
    const path = normalizeEntryPath(typeof pathOrEntry === 'string' ? pathOrEntry : pathOrEntry.path)
    if (this.#entries.remove(path) > 0) return
    throw new ArtifactError({ code: 'artifact-entry-missing', message: `"${path}" is not in artifact "${this.name}".` })
  }

  /** @internal Adds a file, a folder, or what a URI refers to; logging waits for it. */
  takeIn(pathOrUri: string): void {
    const adding = this.#takeIn(pathOrUri)
    // Whoever logs the draft hears of a failure.
    adding.catch(() => {})
    this.#pending.add(adding)
  }

  async #takeIn(pathOrUri: string): Promise<unknown> {
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(pathOrUri)) return this.addReference(pathOrUri)
    return this.#files.isDirectory(pathOrUri) ? this.addDir(pathOrUri) : this.addFile(pathOrUri)
  }

  /** @internal Ends all changes, for logging. @throws {@link ArtifactError} `artifact-invalid` while a new file is open. */
  freeze(): void {
    const [path] = this.#openPaths
    if (path !== undefined) {
      throw invalid(
        `Artifact "${this.name}" cannot be logged while its new file "${path}" is open.`,
        'Close the file first. It need not be waited for.',
      )
    }
    this.#isFrozen = true
  }

  /** @internal Resolves when everything that is being added is there; rejects with the first error. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) {
      const pending = [...this.#pending]
      await Promise.all(pending)
      for (const work of pending) this.#pending.delete(work)
    }
  }

  /** @internal Whether something is still being added. */
  get isSettled(): boolean {
    return this.#pending.size === 0
  }

  /** @internal */
  get draftEntries(): readonly DraftEntry[] {
    return this.#entries.list()
  }

  /** @internal */
  get facts(): DraftFacts {
    return this.#facts
  }

  #add(entry: DraftEntry, { overwrite = false }: { readonly overwrite?: boolean | undefined }): ArtifactEntry {
    this.#entries.add(entry, overwrite)
    return entry
  }

  /** Lets logging wait for what the program does not wait for. */
  async #wait<Result>(work: Promise<Result>): Promise<Result> {
    this.#pending.add(work)
    try {
      return await work
    } finally {
      this.#pending.delete(work)
    }
  }

  #target(): KeepTarget {
    if (this.#ownTarget !== undefined) return this.#ownTarget
    const run = activeRun()
    if (run === undefined) return { dataDirectory: this.#files.findDataDirectory(), runDirectory: undefined }
    return targetOfRun(run, this.#files)
  }

  #change(call: string): void {
    if (!this.#isFrozen) return
    throw new ArtifactError({
      code: 'artifact-frozen',
      message: `Artifact "${this.name}" has been logged: ${call} is no longer possible.`,
      hint: 'Make another Artifact, or change the logged version’s aliases, tags, description or metadata and save() it.',
    })
  }
}

/** Where a run keeps the contents of artifacts. */
export function targetOfRun(
  { mode, directory }: { readonly mode: Mode; readonly directory: string },
  files: Pick<ArtifactFiles, 'dataDirectoryOf'>,
): KeepTarget {
  if (mode === 'disabled') return { dataDirectory: undefined, runDirectory: undefined }
  return { dataDirectory: files.dataDirectoryOf(directory), runDirectory: directory }
}

function toBytes(content: Uint8Array | ArrayBuffer | string): Uint8Array {
  if (typeof content === 'string') return new TextEncoder().encode(content)
  if (content instanceof ArrayBuffer) return new Uint8Array(content)
  if (content instanceof Uint8Array) return content
  throw invalid(
    'addBuffer takes a Uint8Array, an ArrayBuffer or a string.',
    'Encode numbers with a typed array’s buffer.',
  )
}
