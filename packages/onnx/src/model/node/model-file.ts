import { type FileHandle, open, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { messageOf } from '@lossline/core/adapter'
import { OnnxModelFileError } from '../../errors.ts'
import type { ByteSource } from '../byte-source.ts'
import type { ExternalData } from '../model-metadata.ts'

/** Opens a file for as long as it is read. @throws OnnxModelFileError when it is not there or cannot be read. */
export async function withModelFile<Result>(
  place: string | URL,
  read: (source: ByteSource, path: string) => Promise<Result>,
): Promise<Result> {
  const path = toPath(place)
  let file: FileHandle | undefined
  try {
    file = await open(path)
    const stats = await file.stat()
    if (!stats.isFile()) throw new Error('it is no file')
    return await read(ofFile(file, stats.size), path)
  } catch (cause) {
    if (cause instanceof OnnxModelFileError) throw cause
    throw new OnnxModelFileError({
      message: `"${path}" cannot be read: ${messageOf(cause)}.`,
      hint: 'Pass the path of an .onnx file.',
      cause,
    })
  } finally {
    await file?.close()
  }
}

export function toPath(place: string | URL): string {
  return place instanceof URL || place.startsWith('file:') ? fileURLToPath(place) : place
}

function ofFile(file: FileHandle, size: number): ByteSource {
  return {
    size,
    async read(offset, length) {
      const buffer = new Uint8Array(Math.min(length, size - offset))
      let filled = 0
      while (filled < buffer.length) {
        const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, offset + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return buffer.subarray(0, filled)
    },
  }
}

/** Looks for the files of weights beside a model. ONNX allows none outside the model's folder. */
export async function findExternalData(modelPath: string, locations: readonly string[]): Promise<ExternalData[]> {
  return Promise.all(
    locations.map(async (location) => {
      const path = externalPath(modelPath, location)
      const stats = path === undefined ? undefined : await stat(path).catch(() => undefined)
      return { location, sizeBytes: stats?.isFile() === true ? stats.size : undefined }
    }),
  )
}

/** Path of a file of weights; `undefined` for one outside the model's folder. */
export function externalPath(modelPath: string, location: string): string | undefined {
  const relative = normalize(location)
  if (isAbsolute(relative) || relative === '..' || relative.startsWith(`..${sep}`)) return undefined
  return join(dirname(modelPath), relative)
}

export function baseName(path: string): string {
  return basename(path)
}
