// The sample as one file: Brotli over the length of a JSON head (4 bytes, little endian), the head, and the files one after
// the other. The head says what they are; `packages/server/src/sample/read-sample-pack.ts` reads it.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

/** @param head - All of the pack's head but its files. @param runs - With their folders. */
export async function writePack(target, head, runs) {
  const files = new Map()
  for (const { id, directory } of runs) {
    for (const path of await filesBelow(directory)) {
      const name = relative(directory, path).replaceAll('\\', '/')
      if (name.startsWith('artifacts/')) files.set(`staged/${name.slice('artifacts/'.length)}`, await readFile(path))
      // The other files tell what the journal tells, and the times of the build.
      else if (name.startsWith('files/media/') || name.endsWith('.wandb'))
        files.set(`runs/${id}/${name}`, await readFile(path))
    }
  }
  const paths = [...files.keys()].sort()
  const described = paths.map((path) => ({ path, sizeBytes: files.get(path).length }))
  const json = Buffer.from(JSON.stringify({ ...head, files: described }))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(json.length)
  const whole = Buffer.concat([length, json, ...paths.map((path) => files.get(path))])
  const packed = brotliCompressSync(whole, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: whole.length,
    },
  })
  await mkdir(dirname(target), { recursive: true })
  await writeFile(target, packed)
  return { fileCount: paths.length, wholeBytes: whole.length, packedBytes: packed.length }
}

async function filesBelow(directory) {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
