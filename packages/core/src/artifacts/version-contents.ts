import { formatArtifactUri, type JsonObject } from '@lossline/protocol'
import type { RequestOptions } from '../api/listing.ts'
import type { MediaValue } from '../media/media-value.ts'
import { untilAborted } from '../server/with-signal.ts'
import type { Table } from '../table/table.ts'
import { ArtifactDraft } from './artifact-draft.ts'
import { ArtifactError } from './artifact-error.ts'
import { invalid } from './artifact-options.ts'
import type { DownloadArtifactOptions } from './download/download-options.ts'
import { downloadVersion } from './download/download-version.ts'
import { fetchFileUrls } from './download/file-urls.ts'
import { verifyVersion } from './download/verify-version.ts'
import { type ArtifactEntry, toArtifactEntry } from './draft-entries.ts'
import { findValuePath, readValue } from './get-value.ts'
import type { VersionState } from './version-state.ts'

/** The files and references of a version. */
export async function listEntries(state: VersionState, options: RequestOptions): Promise<readonly ArtifactEntry[]> {
  options.signal?.throwIfAborted()
  const draft = state.logged?.draft
  if (state.facts === undefined && draft !== undefined && !draft.isIncremental) {
    const { clientId } = draft.facts
    return draft.entries.map((entry) => ({
      ...entry,
      uri: formatArtifactUri({ kind: 'client', clientId, path: entry.path }),
    }))
  }
  const { contents } = await state.readManifest(options)
  const artifactId = state.facts?.id
  const uriOf = (path: string): string | undefined =>
    artifactId === undefined ? undefined : formatArtifactUri({ kind: 'server', artifactId, path })
  return [...contents].map(([path, entry]) => toArtifactEntry(path, entry, uriOf(path)))
}

/** Downloads the files of a version; returns the absolute path of their folder. */
export async function downloadFiles(state: VersionState, options: DownloadArtifactOptions): Promise<string> {
  const { facts, connection } = await state.known('download', { signal: options.signal })
  const place = state.openPlace(options.root, facts)
  const manifest = await state.readManifest(options)
  await downloadVersion({ facts, manifest, connection, context: state.context }, place, options)
  return place.root
}

/** Downloads one file of a version; returns its absolute path. */
export async function downloadFile(
  state: VersionState,
  path: string | undefined,
  options: DownloadArtifactOptions,
): Promise<string> {
  const { facts } = await state.known('file', { signal: options.signal })
  const paths = [...(await state.readManifest(options)).contents.keys()]
  const [only] = paths
  if (path === undefined && (only === undefined || paths.length > 1)) {
    throw invalid(`"${state.qualifiedName}" has ${paths.length} files, not one.`, 'Name the one that you mean.')
  }
  const name = path ?? only ?? ''
  await downloadFiles(state, { ...options, files: [name] })
  return state.openPlace(options.root, facts).pathOf(name)
}

/** Addresses of the files of a version, by path. */
export async function readFileUrls(state: VersionState, options: RequestOptions): Promise<ReadonlyMap<string, string>> {
  const { facts, connection } = await state.known('fileUrls', options)
  const urls = await fetchFileUrls(connection, facts, false)
  return new Map([...urls].map(([path, { url }]) => [path, url]))
}

/** The table or media value of a name, with its files downloaded. */
export async function getValue(
  state: VersionState,
  name: string,
  options: DownloadArtifactOptions,
): Promise<Table | MediaValue | JsonObject> {
  const { facts } = await state.known('get', { signal: options.signal })
  const { contents } = await state.readManifest(options)
  const path = findValuePath(name, new Set(contents.keys()))
  if (path === undefined) {
    throw new ArtifactError({
      code: 'artifact-entry-missing',
      message: `"${state.qualifiedName}" has no object "${name}".`,
    })
  }
  const place = state.openPlace(options.root, facts)
  return readValue(path, {
    files: state.context.files,
    fetch: async (paths) => {
      if (paths.length > 0) await downloadFiles(state, { ...options, files: paths })
      return new Map(paths.map((file) => [file, place.pathOf(file)]))
    },
  })
}

/** Checks that a folder holds exactly the files of a version. */
export async function verifyFiles(
  state: VersionState,
  root: string | undefined,
  options: RequestOptions,
): Promise<void> {
  const { facts } = await state.known('verify', options)
  const manifest = await state.readManifest(options)
  await untilAborted(verifyVersion(manifest, state.openPlace(root, facts), state.context.files), options.signal)
}

/** A draft of a next version, with the files of this one. */
export async function toNextDraft(state: VersionState, options: RequestOptions): Promise<ArtifactDraft> {
  const { facts } = await state.known('newDraft', options)
  const { contents } = await state.readManifest(options)
  const entries = [...contents].map(([path, entry]) => ({
    ...toArtifactEntry(path, entry, undefined),
    content: undefined,
    birthArtifactId: entry.ref === undefined ? (entry.birthArtifactId ?? facts.id) : undefined,
    skipCache: false,
  }))
  const { description = facts.description, metadata = facts.metadata } = state.changes
  const internal = { isReservedAllowed: true, baseId: facts.id, entries }
  return new ArtifactDraft(
    facts.source.collection,
    facts.type,
    { description, metadata },
    state.context.files,
    internal,
  )
}
