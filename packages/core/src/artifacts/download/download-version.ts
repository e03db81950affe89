import type { DownloadPlace } from '@lossline/journal'
import type { Manifest, ManifestEntry } from '@lossline/protocol'
import type { ServerConnection } from '../../server/server-connection.ts'
import { ArtifactError } from '../artifact-error.ts'
import type { VersionContext } from '../version-context.ts'
import type { VersionFacts } from '../version-facts.ts'
import type { DownloadArtifactOptions } from './download-options.ts'
import { expectedDigestsOf } from './expected-digests-of.ts'
import { type FileUrl, fetchFileUrls, refreshFileUrl } from './file-urls.ts'
import { isMissing, toReferenceSource } from './reference-source.ts'

/** A version, and whom to ask for its files. */
export interface DownloadSource {
  readonly facts: VersionFacts
  readonly manifest: Manifest
  /** Its questions end with the signal of the options. */
  readonly connection: ServerConnection
  readonly context: VersionContext
}

type Selected = readonly [path: string, entry: ManifestEntry]

const concurrencyDefault = 16

/**
 * Downloads files of a version into a folder. What is there already is left as it is; every content is checked before it
 * gets its name.
 *
 * @throws {@link ArtifactError}, {@link DownloadError}, {@link ServerRequestError}; the signal's reason. The files that are
 *   done by then stay.
 */
export async function downloadVersion(
  source: DownloadSource,
  place: DownloadPlace,
  options: DownloadArtifactOptions,
): Promise<void> {
  const { concurrency = concurrencyDefault, skipCache = false, signal, onProgress = () => {} } = options
  const selected = selectEntries(source.manifest, options)
  const { pathPrefix = '' } = options
  if (selected.length === 0 && pathPrefix !== '') {
    source.context.warn(
      `No file of the artifact that was asked for begins with "${pathPrefix}"; nothing is downloaded.`,
    )
  }
  place.refuseClashes(selected.map(([path]) => path))
  // All places are looked at before anything is written, so that a bad name leaves nothing behind.
  const targets = new Map(selected.map(([path]) => [path, place.pathOf(path)]))
  const present = skipCache ? new Set<string>() : await findPresent(selected, targets, place, source.context)
  const missing = selected.filter(([path]) => !present.has(path))
  let fileCount = present.size
  let bytes = 0
  const tell = (): void => onProgress({ fileCount, fileCountTotal: selected.length, bytes })
  tell()
  const isOurs = source.context.dataDirectory !== undefined
  const hasFiles = missing.some(([, { ref }]) => ref === undefined)
  const urls = hasFiles ? await fetchFileUrls(source.connection, source.facts, isOurs) : new Map<string, FileUrl>()

  await eachOf(missing, concurrency, async ([path, entry]) => {
    signal?.throwIfAborted()
    const onBytes = (count: number): void => {
      bytes += count
    }
    const one = { path, entry, target: targets.get(path) ?? '', onBytes }
    if (entry.ref === undefined) await downloadContent(one, urls.get(path), source, place, options)
    else await downloadReference(one, source, place, options)
    fileCount += 1
    tell()
  })
}

interface OneFile {
  readonly path: string
  readonly entry: ManifestEntry
  readonly target: string
  onBytes(count: number): void
}

function selectEntries(manifest: Manifest, { pathPrefix = '', files }: DownloadArtifactOptions): Selected[] {
  const unknown = files?.find((path) => !manifest.contents.has(path))
  if (unknown !== undefined) {
    throw new ArtifactError({ code: 'artifact-entry-missing', message: `"${unknown}" is not in the artifact.` })
  }
  const wanted = files === undefined ? undefined : new Set(files)
  return [...manifest.contents].filter(
    ([path]) => path.startsWith(pathPrefix) && (wanted === undefined || wanted.has(path)),
  )
}

function findPresent(
  selected: readonly Selected[],
  targets: ReadonlyMap<string, string>,
  place: DownloadPlace,
  { indexDirectory }: VersionContext,
): Promise<Set<string>> {
  // Of references a file of the same size would do; those are fetched.
  const files = selected
    .filter(([, { ref }]) => ref === undefined)
    .map(([name, entry]) => ({
      path: targets.get(name) ?? '',
      name,
      ...expectedDigestsOf(entry),
      sizeBytes: entry.size,
    }))
  return place.findRight(files, indexDirectory)
}

async function downloadContent(
  { path, entry, target, onBytes }: OneFile,
  found: FileUrl | undefined,
  { facts, connection, context }: DownloadSource,
  place: DownloadPlace,
  { skipCache = false, signal }: DownloadArtifactOptions,
): Promise<void> {
  if (found === undefined) {
    throw new ArtifactError({ code: 'artifact-download', message: `The server does not say where "${path}" is.` })
  }
  const expected = { ...expectedDigestsOf(entry), sizeBytes: entry.size }
  const { dataDirectory } = context
  const { sha256Hex } = found
  if (!skipCache && dataDirectory !== undefined && sha256Hex !== undefined) {
    if (await place.copyKept({ dataDirectory, sha256Hex, target, expected, signal })) return
  }
  let { url } = found
  await place.download({
    path: target,
    name: path,
    expected,
    signal,
    onBytes,
    async request(range, isRefused) {
      if (isRefused) url = (await refreshFileUrl(connection, facts, path)) ?? url
      return connection.fetch(url, toInit(range))
    },
  })
}

async function downloadReference(
  { path, entry, target, onBytes }: OneFile,
  { connection, context }: DownloadSource,
  place: DownloadPlace,
  { allowMissingReferences = false, signal }: DownloadArtifactOptions,
): Promise<void> {
  try {
    const source = await toReferenceSource(path, entry, { connection, files: context.files, signal })
    if (source.kind === 'file') await place.copyFile({ ...source, name: path, target, signal })
    else {
      const { md5Base64, sizeBytes, request } = source
      await place.download({ path: target, name: path, expected: { md5Base64, sizeBytes }, signal, onBytes, request })
    }
  } catch (error) {
    if (!allowMissingReferences || !isMissing(error)) throw error
    context.warn(`${error.message} It is left out.`)
  }
}

function toInit(range: string | undefined): RequestInit {
  return range === undefined ? {} : { headers: { range } }
}

/** Works through a list, several at a time. After the first failure nothing new is begun, and it is thrown at the end. */
async function eachOf<Item>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0
  const failures: unknown[] = []
  async function run(): Promise<void> {
    while (next < items.length && failures.length === 0) {
      const item = items[next] as Item
      next += 1
      try {
        await work(item)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(concurrency, items.length)) }, run))
  if (failures.length > 0) throw failures[0]
}
