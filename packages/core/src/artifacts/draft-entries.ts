import type { JsonObject, ManifestEntry } from '@lossline/protocol'
import { compareCodePoints } from '@lossline/protocol'
import { ArtifactError } from './artifact-error.ts'
import type { KeptContent } from './artifact-files.ts'

/** One file or reference of an artifact. */
export interface ArtifactEntry {
  /** Path in the artifact, its parts divided by `/`. */
  readonly path: string
  /** Of a file: MD5 in base64. Of a reference: ETag, generation, or the URI. */
  readonly digest: string
  /** Bytes; undefined for a reference whose size is not known. */
  readonly sizeBytes: number | undefined
  /** URI of a reference. */
  readonly ref: string | undefined
  /** Further facts about a reference, such as its ETag. */
  readonly extra: JsonObject
  /** Address of this file in its version, by which another artifact may refer to it; undefined for entries of drafts. */
  readonly uri: string | undefined
}

/** An entry of a draft together with where its content is. */
export interface DraftEntry extends ArtifactEntry {
  /** Of a new file. */
  readonly content: KeptContent | undefined
  /** Id of the version that a file of an earlier version comes from. */
  readonly birthArtifactId: string | undefined
  /** Whether W&B's client shall keep no copy in its cache. */
  readonly skipCache: boolean
}

/** Entries by path. */
export interface DraftEntries {
  /**
   * Adds an entry. The same path with the same digest again changes nothing.
   *
   * @throws {@link ArtifactError} `artifact-path-taken`
   */
  add(entry: DraftEntry, overwrite: boolean): void
  /** Adds all of them, or, when one cannot be added, none. @throws as {@link add}. */
  addAll(added: readonly DraftEntry[], overwrite: boolean): void
  get(path: string): DraftEntry | undefined
  /** Removes a file, or all files of a folder; returns how many. */
  remove(path: string): number
  /** In the order of their paths' code points. */
  list(): readonly DraftEntry[]
}

export function createDraftEntries(): DraftEntries {
  const entries = new Map<string, DraftEntry>()
  // How many files each folder holds: a name cannot be a file and a folder.
  const folders = new Map<string, number>()
  let sorted: readonly DraftEntry[] | undefined

  function countFolders(path: string, step: 1 | -1): void {
    for (const folder of foldersOf(path)) {
      const count = (folders.get(folder) ?? 0) + step
      if (count === 0) folders.delete(folder)
      else folders.set(folder, count)
    }
  }

  function removeOne(path: string): void {
    if (!entries.delete(path)) return
    countFolders(path, -1)
    sorted = undefined
  }

  function addOne(entry: DraftEntry, overwrite: boolean): void {
    const { path } = entry
    const before = entries.get(path)
    if (before !== undefined && before.digest !== entry.digest && !overwrite) {
      throw pathTaken(`"${path}" is in the artifact already, with other content.`)
    }
    if (folders.has(path)) throw pathTaken(`"${path}" is a folder of the artifact and cannot be a file too.`)
    const folder = foldersOf(path).find((candidate) => entries.has(candidate))
    if (folder !== undefined) {
      throw pathTaken(`"${path}" cannot be added: "${folder}" is a file of the artifact, and no folder.`)
    }
    if (before === undefined) countFolders(path, 1)
    entries.set(path, entry)
    sorted = undefined
  }

  return {
    add: addOne,
    addAll(added, overwrite) {
      const replaced: (DraftEntry | string)[] = []
      try {
        for (const entry of added) {
          const before = entries.get(entry.path)
          addOne(entry, overwrite)
          replaced.push(before ?? entry.path)
        }
      } catch (error) {
        for (const before of replaced.reverse()) {
          if (typeof before === 'string') removeOne(before)
          else addOne(before, true)
        }
        throw error
      }
    },
    get: (path) => entries.get(path),
    remove(path) {
      if (entries.has(path)) {
        removeOne(path)
        return 1
      }
      const inside = [...entries.keys()].filter((candidate) => candidate.startsWith(`${path}/`))
      for (const candidate of inside) removeOne(candidate)
      return inside.length
    },
    list() {
      sorted ??= [...entries.values()].sort((a, b) => compareCodePoints(a.path, b.path))
      return sorted
    },
  }
}

/** An entry for the content of a new file. */
export function toContentEntry(path: string, content: KeptContent, skipCache: boolean): DraftEntry {
  const { digest, sizeBytes } = content
  return {
    ...{ path, digest, sizeBytes, content, skipCache },
    ...{ ref: undefined, extra: {}, uri: undefined, birthArtifactId: undefined },
  }
}

/** An entry of a manifest as users see it. */
export function toArtifactEntry(
  path: string,
  { digest, size, ref, extra = {} }: ManifestEntry,
  uri: string | undefined,
): ArtifactEntry {
  return { path, digest, sizeBytes: size, ref, extra, uri }
}

function foldersOf(path: string): string[] {
  const folders: string[] = []
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    folders.push(path.slice(0, slash))
  }
  return folders
}

function pathTaken(message: string): ArtifactError {
  return new ArtifactError({
    code: 'artifact-path-taken',
    message,
    hint: 'Add it under another name, remove the other one first, or pass overwrite: true.',
  })
}
