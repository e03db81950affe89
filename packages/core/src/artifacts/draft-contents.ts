import { normalizeEntryPath, parseEntryPath } from '@lossline/protocol'
import { isMediaValue, type MediaValue } from '../media/media-value.ts'
import { checkOptions } from '../options/check-options.ts'
import { describeValue } from '../values/describe-value.ts'
import type { ArtifactFiles, KeepTarget } from './artifact-files.ts'
import {
  type AddDirOptions,
  type AddDirResult,
  type AddFileOptions,
  addDirOptionNames,
  addFileOptionNames,
  invalid,
} from './artifact-options.ts'
import { checkText, checkTextOptions } from './check-arguments.ts'
import { type ArtifactEntry, type DraftEntries, type DraftEntry, toContentEntry } from './draft-entries.ts'
import type { DraftWork } from './draft-work.ts'
import { type ArtifactFileWriter, openArtifactFileWriter } from './file-writer.ts'
import { toMediaEntries } from './media-entry.ts'
import { referToEntry, toReferenceEntry } from './references/entry-reference.ts'
import { lookUpReference } from './references/look-up-reference.ts'
import { type AddReferenceOptions, addReferenceOptionNames } from './references/reference.ts'
import { toBytes } from './to-bytes.ts'

/** What adding to a draft needs of it. */
export interface DraftParts {
  readonly files: ArtifactFiles
  readonly entries: DraftEntries
  readonly work: DraftWork
  /** Where contents are kept now. */
  target(): KeepTarget
}

// As many as W&B's client takes.
const maxObjectsDefault = 10_000_000

/** Keeps a file and adds it. */
export async function addFile(draft: DraftParts, path: string, options: AddFileOptions): Promise<ArtifactEntry> {
  checkText('addFile', 'path', path)
  checkOptions('addFile', options, addFileOptionNames)
  checkTextOptions('addFile', { name: options.name, policy: options.policy })
  const { files, work, target } = draft
  const name = normalizeEntryPath(options.name ?? files.baseName(path))
  const { policy = 'mutable', skipCache = false } = options
  const content = files.keepFile({ path, policy, target: target() })
  return work.wait(content.then((kept) => add(draft, toContentEntry(name, kept, skipCache), options)))
}

/** Keeps all files of a folder and adds them, or none. */
export async function addDir(
  { files, entries, work, target }: DraftParts,
  path: string,
  options: AddDirOptions,
): Promise<AddDirResult> {
  checkText('addDir', 'path', path)
  if (path === '') throw invalid('addDir was given an empty path.', "Pass '.' for the working directory.")
  checkOptions('addDir', options, addDirOptionNames)
  const { name = '', policy = 'mutable', skipCache = false, merge = false, exclude, include, followSymlinks } = options
  checkTextOptions('addDir', { name, policy }, { exclude, include })
  const folder = name === '' || name === '.' ? '' : `${normalizeEntryPath(name)}/`
  const keeping = files.keepDirectory({
    path,
    policy,
    target: target(),
    ...(exclude === undefined ? {} : { exclude }),
    ...(include === undefined ? {} : { include }),
    ...(followSymlinks === undefined ? {} : { followSymlinks }),
  })
  const adding = keeping.then(({ files: kept, reusedCount, notices }) => {
    const added = kept.map((file) => toContentEntry(parseEntryPath(folder + file.name), file.content, skipCache))
    entries.addAll(added, merge)
    return {
      fileCount: added.length,
      sizeBytes: added.reduce((bytes, entry) => bytes + (entry.sizeBytes ?? 0), 0),
      reusedCount,
      notices: [...notices, ...files.findNameClashes(entries.list().map((entry) => entry.path))],
    }
  })
  return work.wait(adding)
}

/** Keeps bytes or a text and adds them as a file. */
export async function addBuffer(
  draft: DraftParts,
  content: Uint8Array | ArrayBuffer | string,
  name: string,
  options: Pick<AddFileOptions, 'overwrite' | 'skipCache'>,
): Promise<ArtifactEntry> {
  checkText('addBuffer', 'name', name)
  checkOptions('addBuffer', options, { overwrite: true, skipCache: true })
  const { files, work, target } = draft
  const path = normalizeEntryPath(name)
  const keeping = files.keepBytes(toBytes('addBuffer', content), target())
  return work.wait(keeping.then((kept) => add(draft, toContentEntry(path, kept, options.skipCache ?? false), options)))
}

/** Opens a new file, which is added when it is closed. */
export function openNewFile(
  draft: DraftParts,
  name: string,
  options: Pick<AddFileOptions, 'overwrite'>,
): ArtifactFileWriter {
  checkText('newFile', 'name', name)
  checkOptions('newFile', options, { overwrite: true })
  const { files, work, target } = draft
  const path = normalizeEntryPath(name)
  return openArtifactFileWriter({
    path,
    onClose: work.openFile(path),
    opening: files.openNewFile(target()),
    add: (kept) => add(draft, toContentEntry(path, kept, false), options),
    wait: (closing) => work.wait(closing),
  })
}

/** Encodes and keeps the files of a value and adds them; returns the entry that describes it. */
export async function addValue(
  { files, entries, work, target }: DraftParts,
  value: MediaValue,
  name: string,
  options: Pick<AddFileOptions, 'overwrite'>,
): Promise<ArtifactEntry> {
  checkText('add', 'name', name)
  checkOptions('add', options, { overwrite: true })
  if (!isMediaValue(value)) {
    throw invalid(
      `add takes a table or a media value, not ${describeValue(value)}.`,
      'Use addFile for files and addBuffer for texts and bytes.',
    )
  }
  const { overwrite = false } = options
  const media = { snapshot: value.toSnapshot(), name: normalizeEntryPath(name), target: target() }
  const adding = toMediaEntries(media, files).then((added) => {
    const own = added.at(-1)
    if (own === undefined) throw invalid('This value has no form in an artifact.')
    entries.addAll(added, overwrite)
    return own
  })
  return work.wait(adding)
}

/** Looks an address up and adds what it refers to. */
export async function addReference(
  { files, entries, work }: DraftParts,
  uri: string | ArtifactEntry,
  options: AddReferenceOptions,
): Promise<ArtifactEntry[]> {
  if (typeof uri !== 'object' || uri === null) checkText('addReference', 'uri', uri)
  checkOptions('addReference', options, addReferenceOptionNames)
  const { name, checksum = true, maxObjects = maxObjectsDefault, overwrite = false } = options
  checkTextOptions('addReference', { name })
  const looking =
    typeof uri === 'string'
      ? lookUpReference({ uri, name, isChecked: checksum, maxObjects, files })
      : Promise.resolve([referToEntry(uri, name)])
  const adding = looking.then((references) => {
    const added = references.map(toReferenceEntry)
    entries.addAll(added, overwrite)
    return added
  })
  return work.wait(adding)
}

function add({ entries }: DraftParts, entry: DraftEntry, { overwrite = false }: { overwrite?: boolean | undefined }) {
  entries.add(entry, overwrite)
  return entry
}
