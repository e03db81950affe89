import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream, openAsBlob } from 'node:fs'
import { access, link, mkdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import type { LocalFiles } from '../api/api-context.ts'
import { ContentDamagedError, FileExistsError, UnsafeFileNameError } from '../api/api-errors.ts'
import { InvalidOptionError } from '../options/invalid-option-error.ts'

/** Files of this machine, for downloads and uploads. */
export const localFiles: LocalFiles = {
  pathOf,
  async exists(path) {
    return access(path).then(
      () => true,
      () => false,
    )
  },
  async save({ root, name, content, expected, replace }) {
    const path = pathOf(root, name)
    await mkdir(dirname(path), { recursive: true })
    const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`)
    const md5 = createHash('md5')
    let sizeBytes = 0
    try {
      await pipeline(
        // The standard's stream and Node's type of it differ in name only.
        Readable.fromWeb(content as ReadableStream<Uint8Array>),
        async function* meter(source: AsyncIterable<Uint8Array>) {
          for await (const part of source) {
            md5.update(part)
            sizeBytes += part.byteLength
            yield part
          }
        },
        createWriteStream(temporary, { flags: 'wx' }),
      )
      const digest = md5.digest('base64')
      if (expected.md5Base64 !== undefined && expected.md5Base64 !== digest) {
        throw new ContentDamagedError(name, `its md5 is ${digest} instead of ${expected.md5Base64}`)
      }
      if (expected.sizeBytes !== undefined && expected.sizeBytes !== sizeBytes) {
        throw new ContentDamagedError(name, `it has ${sizeBytes} bytes instead of ${expected.sizeBytes}`)
      }
      await (replace ? rename(temporary, path) : linkNew(temporary, path))
      return path
    } finally {
      await rm(temporary, { force: true })
    }
  },
  async open(path, root) {
    const full = isAbsolute(path) ? path : resolve(root, path)
    const name = relative(resolve(root), full).split(sep).join('/')
    if (name === '' || name === '..' || name.startsWith('../') || isAbsolute(name)) throw new UnsafeFileNameError(path)
    // A blob says of every file that it cannot be opened as one, and not why.
    const reason = await stat(full).then((stats) => (stats.isDirectory() ? 'it is a folder' : undefined), String)
    if (reason !== undefined) {
      throw new InvalidOptionError('uploadFile', `"${path}" cannot be read: ${reason}.`, 'Pass the path of a file.')
    }
    return { name, content: await openAsBlob(full) }
  },
}

/** Names come from a server, which must not choose where on this machine it writes. */
function pathOf(root: string, name: string): string {
  const folder = resolve(root)
  const path = resolve(folder, name)
  const isInside = path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
  if (!isInside || name.includes('\0')) throw new UnsafeFileNameError(name)
  return path
}

/** Unlike a rename, a link does not replace what came there meanwhile. */
async function linkNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw new FileExistsError(to)
    // A file system without links.
    await rename(from, to)
  }
}
