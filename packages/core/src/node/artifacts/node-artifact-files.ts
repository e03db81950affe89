import { readFileSync, statSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  type ContentDigests,
  dataDirectoryOf,
  findNameClashes,
  hashBytes,
  keepBytesSync,
  keepDirectory,
  keepFile,
  keepMedia,
  openDownloadPlace,
  openNewContent,
  readFailedArtifactsSync,
  stageBlobSync,
  toArtifactFileError,
  toLocalName,
} from '@lossline/journal'
import { ArtifactError } from '../../artifacts/artifact-error.ts'
import type { ArtifactFiles, KeepTarget, KeptContent } from '../../artifacts/artifact-files.ts'
import { artifactDirectory, storeEndpoints } from '../environment.ts'
import { findGitRoot } from '../git.ts'
import { programPath } from '../process-facts.ts'
import { findUsualDataDirectory } from '../settings-layers.ts'
import { runFiles } from './run-files.ts'

/** A `%` that begins no escape stands for itself, as for W&B's client, which writes names as they are. */
function pathOfFileUri(uri: string): string {
  return fileURLToPath(uri.replaceAll(/%(?![0-9a-f]{2})/gi, '%25'))
}

/** Escaped as Python's `Path.as_uri` does, because digests are made of it: Node leaves other characters as they are. */
function fileUriOf(path: string): string {
  const { href } = pathToFileURL(path)
  if (process.platform === 'win32') return href
  const toEscape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  return `file://${href
    .slice('file://'.length)
    .replaceAll(/[^\w.~/%-]/g, toEscape)
    .replaceAll('%7E', '~')}`
}

/** Files for artifacts in Node. */
export const nodeArtifactFiles: ArtifactFiles = {
  findDataDirectory: findUsualDataDirectory,
  dataDirectoryOf,
  baseName: (path) => basename(path),
  join: (folder, path) => join(folder, ...path.split('/')),
  programName() {
    const program = programPath()
    return program === undefined
      ? 'program'
      : relative(findGitRoot() ?? process.cwd(), program)
          .split(sep)
          .join('/')
  },
  pathOfFileUri,
  fileUriOf,
  digestOfText: (text) => hashBytes(new TextEncoder().encode(text)).md5Base64,
  downloadRootOf: (collection, version) =>
    join(artifactDirectory(), `${toLocalName(collection)}${process.platform === 'win32' ? '-' : ':'}${version}`),
  openDownloadPlace,
  storeEndpoints,
  isDirectory(path) {
    try {
      return statSync(path).isDirectory()
    } catch (error) {
      throw toArtifactFileError(path, error)
    }
  },
  async keepBytes(bytes, { dataDirectory, runDirectory }) {
    try {
      const kept = dataDirectory === undefined ? hashBytes(bytes) : keepBytesSync(dataDirectory, bytes)
      return stageEarly(toKeptContent(kept, dataDirectory), runDirectory)
    } catch (error) {
      throw toArtifactFileError('a new file', error)
    }
  },
  async keepFile({ path, policy, target }) {
    const kept = await keepFile({ path, policy, ...target })
    return toKeptContent(kept, target.dataDirectory)
  },
  async keepDirectory({ target, ...request }) {
    const { files, ...kept } = await keepDirectory({ ...request, ...target })
    return {
      files: files.map((file) => ({ name: file.name, content: toKeptContent(file, target.dataDirectory) })),
      ...kept,
    }
  },
  async keepMedia({ target, ...request }) {
    const files = await keepMedia({ ...request, ...target })
    return files.map((file) =>
      'content' in file ? { path: file.path, content: toKeptContent(file.content, target.dataDirectory) } : file,
    )
  },
  findRefused: readFailedArtifactsSync,
  readText(path) {
    try {
      return readFileSync(path, 'utf8')
    } catch (error) {
      throw toArtifactFileError(path, error)
    }
  },
  findNameClashes,
  async openNewFile({ dataDirectory }: KeepTarget) {
    const file = await openNewContent(dataDirectory)
    return {
      write: file.write,
      close: async () => toKeptContent(await file.close(), dataDirectory),
      discard: file.discard,
    }
  },
  ...runFiles,
  stage(runDirectory, { dataDirectory, sha256Hex, sizeBytes }) {
    if (dataDirectory === undefined) {
      throw new ArtifactError({
        code: 'artifact-save-failed',
        message: 'A file of the artifact was added while a disabled run was active, and its content was not kept.',
        hint: 'Add the files when no run, or the run that logs them, is active.',
      })
    }
    return stageBlobSync({ runDirectory, dataDirectory, sha256Hex, sizeBytes })
  },
}

function toKeptContent(
  { md5Base64, sha256Hex, sizeBytes }: ContentDigests,
  dataDirectory: string | undefined,
): KeptContent {
  return { digest: md5Base64, sha256Hex, sizeBytes, dataDirectory }
}

/** Stages a content in the folder of the run that will probably log it, so that logging has less to do. */
function stageEarly(content: KeptContent, runDirectory: string | undefined): KeptContent {
  const { dataDirectory, sha256Hex, sizeBytes } = content
  if (runDirectory !== undefined && dataDirectory !== undefined) {
    stageBlobSync({ runDirectory, dataDirectory, sha256Hex, sizeBytes })
  }
  return content
}
