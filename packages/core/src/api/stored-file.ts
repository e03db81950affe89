import type { JsonObject } from '@lossline/protocol'
import { checkPerPage } from '../options/check-count.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import type { ApiContext } from './api-context.ts'
import { FileExistsError, NotFoundError } from './api-errors.ts'
import { toListPage } from './connection-page.ts'
import { createListing, type Listing, type RequestOptions, requestOptionNames } from './listing.ts'
import type { AskAboutRun } from './run-history.ts'
import { maybeDateAt, maybeNumberAt, maybeObjectAt, maybeTextAt } from './wire-values.ts'

/** Which files {@link StoredRun.files} lists. */
export interface FilesOptions extends RequestOptions {
  /** Only these, as far as they exist. */
  readonly names?: readonly string[] | undefined
  /** Only names that match: `%` stands for anything, `_` for one character. */
  readonly pattern?: string | undefined
  /** Files a request. Default: 50. */
  readonly perPage?: number | undefined
}

const filesOptionNames: OptionNames<FilesOptions> = { ...requestOptionNames, names: true, pattern: true, perPage: true }

/** Where {@link StoredFile.download} writes to. */
export interface DownloadOptions extends RequestOptions {
  /** Folder below which the file gets its name. Default: the working directory. */
  readonly root?: string | undefined
  /** Replaces a file that is there already. Default: false, which throws. */
  readonly replace?: boolean | undefined
}

const downloadOptionNames: OptionNames<DownloadOptions> = { ...requestOptionNames, root: true, replace: true }

/** A file of a run on a server. */
export interface StoredFile {
  /** Name in the run, such as `media/images/sample_0_ab12.png`. */
  readonly name: string
  readonly sizeBytes: number | undefined
  /** Digest of the content in base64; `undefined` where the server does not tell. */
  readonly md5: string | undefined
  readonly mimeType: string | undefined
  readonly updatedAt: Date | undefined
  /**
   * Downloads the file below `root`, under its name. Written to its place only when it is complete and has the right digest.
   *
   * @returns its absolute path.
   * @throws {@link FileExistsError}, {@link ContentDamagedError}, {@link UnsafeFileNameError}.
   */
  download(options?: DownloadOptions): Promise<string>
  /** The content. */
  bytes(options?: RequestOptions): Promise<Uint8Array>
  /** The content as UTF-8 text. */
  text(options?: RequestOptions): Promise<string>
  /** Removes the file from the run. */
  delete(options?: RequestOptions): Promise<void>
}

const filesQuery = `query RunFiles($entity: String!, $project: String!, $name: String!, $fileCursor: String, $fileLimit: Int,
  $fileNames: [String], $pattern: String) {
  project(name: $project, entityName: $entity) { run(name: $name) {
    projectId fileCount
    files(names: $fileNames, after: $fileCursor, first: $fileLimit, pattern: $pattern) {
      edges { node { id name url(upload: false) directUrl sizeBytes mimetype updatedAt md5 } cursor }
      pageInfo { endCursor hasNextPage }
    }
  } }
}`

const deleteFilesMutation = `mutation deleteFiles($files: [ID!]!, $projectId: Int) {
  deleteFiles(input: { files: $files, projectId: $projectId }) { success }
}`

/** How files of a run ask their server. */
export type FilesContext = Pick<ApiContext, 'ask' | 'fetch' | 'localFiles' | 'placeName'>

/** Lists files of a run. */
export function listFiles(context: FilesContext, askRun: AskAboutRun, given: FilesOptions): Listing<StoredFile> {
  checkOptions('files', given, filesOptionNames)
  const { names, pattern, perPage = 50, signal } = given
  checkPerPage('files', perPage)
  return createListing({
    signal,
    async fetchPage(fileCursor, options) {
      const run = await askRun(
        'RunFiles',
        filesQuery,
        {
          fileCursor: fileCursor ?? null,
          fileLimit: perPage,
          fileNames: [...(names ?? [])],
          pattern: pattern ?? null,
        },
        options,
      )
      const projectId = maybeNumberAt(run, 'projectId')
      return toListPage(maybeObjectAt(run, 'files'), (node) => toStoredFile(context, node, projectId))
    },
  })
}

/** A file that was asked for by name and does not exist has a node without a time. */
function toStoredFile(context: FilesContext, node: JsonObject, projectId: number | undefined): StoredFile | undefined {
  const name = maybeTextAt(node, 'name')
  const updatedAt = maybeDateAt(node, 'updatedAt')
  if (name === undefined || updatedAt === undefined) return undefined
  const md5 = maybeTextAt(node, 'md5')
  const sizeBytes = maybeNumberAt(node, 'sizeBytes')

  const open = async (options: RequestOptions = {}): Promise<Response> => {
    checkOptions('bytes and text', options, requestOptionNames)
    const { signal } = options
    const url = maybeTextAt(node, 'directUrl') ?? maybeTextAt(node, 'url')
    if (url === undefined) throw new NotFoundError(`content of the file "${name}"`, context.placeName)
    return context.fetch(url, signal === undefined ? {} : { signal })
  }

  return {
    name,
    sizeBytes,
    md5: md5 === '0' ? undefined : md5,
    mimeType: maybeTextAt(node, 'mimetype'),
    updatedAt,
    async download(given = {}) {
      checkOptions('download', given, downloadOptionNames)
      const { root = '.', replace = false, ...options } = given
      const path = context.localFiles.pathOf(root, name)
      // Looked at before the content comes, and again when it is put in its place.
      if (!replace && (await context.localFiles.exists(path))) throw new FileExistsError(path)
      const { body } = await open(options)
      const content = body ?? new Blob([]).stream()
      const expected = { sizeBytes, md5Base64: md5 === '0' ? undefined : md5 }
      return context.localFiles.save({ root, name, content, expected, replace })
    },
    bytes: async (options) => new Uint8Array(await (await open(options)).arrayBuffer()),
    text: async (options) => (await open(options)).text(),
    async delete(options = {}) {
      checkOptions('delete', options, requestOptionNames)
      const variables = { files: [maybeTextAt(node, 'id') ?? ''], projectId: projectId ?? null }
      await context.ask('deleteFiles', deleteFilesMutation, variables, options)
    },
  }
}
