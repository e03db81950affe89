import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One file of a model. */
export interface ModelFile {
  /** Path in the model's folder, with `/`. */
  readonly path: string
  readonly bytes: number
  /** In hex. */
  readonly sha256: string
}

/** The files of a model in a folder of this machine. */
export interface ModelFiles {
  readonly folder: string
  readonly files: readonly ModelFile[]
  readonly totalBytes: number
  /**
   * One digest for all of them, in hex: the SHA-256 of a line `<sha256>  <path>` for each file, in the order of their paths,
   * which is what `sha256sum` prints.
   */
  readonly digest: string
}

/**
 * Reads the files of a model, piece by piece.
 *
 * @param paths - The files that count; default all below the folder.
 * @throws what the file system throws.
 */
export async function readModelFiles(folder: string, paths?: readonly string[]): Promise<ModelFiles> {
  const listed = paths ?? (await listFiles(folder))
  const files: ModelFile[] = []
  for (const path of listed.toSorted()) {
    const { size } = await stat(join(folder, path))
    files.push({ path, bytes: size, sha256: await hashFile(join(folder, path)) })
  }
  const lines = files.map(({ path, sha256 }) => `${sha256}  ${path}\n`)
  return {
    folder,
    files,
    totalBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    digest: createHash('sha256').update(lines.join('')).digest('hex'),
  }
}

/** The first of some folders that holds a model: a `config.json`. */
export async function findModelFolder(candidates: readonly (string | undefined)[]): Promise<string | undefined> {
  for (const candidate of candidates) {
    if (candidate === undefined) continue
    const folder = candidate.startsWith('file:') ? fileURLToPath(candidate) : candidate
    const config = await stat(join(folder, 'config.json')).catch(() => undefined)
    if (config?.isFile()) return folder
  }
  return undefined
}

/** Where transformers.js looks for a model: a path, its folder of local models, its cache. */
export function modelFolderCandidates(
  modelName: string,
  {
    localModelPath,
    cacheDir,
  }: { readonly localModelPath?: string | undefined; readonly cacheDir?: string | undefined },
): (string | undefined)[] {
  const below = (folder: string | undefined) => (folder ? join(folder, modelName) : undefined)
  return [modelName, below(localModelPath), below(cacheDir)]
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk)
  return hash.digest('hex')
}
