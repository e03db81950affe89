import { ServerError } from '../errors.ts'
import { blockBytes, paddingBytes, type TarEntry } from './tar.ts'

/** A file of an archive that is read; its content comes once, and has to be read before the next file. */
export interface ReadTarEntry {
  readonly entry: TarEntry
  readonly content: AsyncIterable<Uint8Array>
}

/**
 * Reads an archive that {@link tarHeader} made, file by file.
 *
 * @throws {@link ServerError} `backup-damaged` for anything else, and where the archive breaks off.
 */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<ReadTarEntry> {
  const bytes = createByteReader(source)
  for (;;) {
    let { header, kind } = await readHeader(bytes)
    if (kind === undefined) return
    if (kind === 'x') {
      const records = parsePax((await bytes.take(header.sizeBytes)).toString('utf8'))
      await bytes.take(paddingBytes(header.sizeBytes))
      ;({ header, kind } = await readHeader(bytes))
      const size = records.get('size')
      header = {
        ...header,
        path: records.get('path') ?? header.path,
        ...(size !== undefined && { sizeBytes: Number(size) }),
      }
    }
    if (kind !== '0') throw damaged('it holds something that is no file')
    const { sizeBytes } = header
    let leftBytes = sizeBytes
    async function* content(): AsyncGenerator<Uint8Array> {
      while (leftBytes > 0) {
        const part = await bytes.takeSome(leftBytes)
        leftBytes -= part.length
        yield part
      }
    }
    yield { entry: header, content: content() }
    while (leftBytes > 0) leftBytes -= (await bytes.takeSome(leftBytes)).length
    await bytes.take(paddingBytes(sizeBytes))
  }
}

interface ByteReader {
  /** Exactly so many bytes. */
  take(count: number): Promise<Buffer>
  /** At least one byte, at most so many. */
  takeSome(countMax: number): Promise<Uint8Array>
}

function createByteReader(source: AsyncIterable<Uint8Array>): ByteReader {
  const iterator = source[Symbol.asyncIterator]()
  let rest: Uint8Array = new Uint8Array()
  const takeSome = async (countMax: number): Promise<Uint8Array> => {
    while (rest.length === 0) {
      const next = await iterator.next()
      if (next.done) throw damaged('it breaks off')
      rest = next.value
    }
    const part = rest.subarray(0, countMax)
    rest = rest.subarray(part.length)
    return part
  }
  return {
    takeSome,
    async take(count) {
      const parts: Uint8Array[] = []
      for (let left = count; left > 0; left -= parts.at(-1)!.length) parts.push(await takeSome(left))
      return Buffer.concat(parts)
    },
  }
}

async function readHeader(bytes: ByteReader): Promise<{ header: TarEntry; kind: string | undefined }> {
  const block = await bytes.take(blockBytes)
  const empty = { path: '', sizeBytes: 0, mode: 0, mtimeMs: 0 }
  if (block.every((byte) => byte === 0)) return { header: empty, kind: undefined }
  const text = (from: number, to: number): string => block.toString('latin1', from, to).replace(/\0.*$/s, '')
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0)
  if (Number.parseInt(text(148, 156), 8) !== sum) throw damaged('a checksum in it is wrong, or it is no archive')
  const header = {
    path: text(0, 100),
    sizeBytes: Number.parseInt(text(124, 136), 8),
    mode: Number.parseInt(text(100, 108), 8),
    mtimeMs: Number.parseInt(text(136, 148), 8) * 1000,
  }
  return { header, kind: text(156, 157) }
}

function parsePax(text: string): ReadonlyMap<string, string> {
  const records = new Map<string, string>()
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    const length = Number.parseInt(rest.toString('latin1', 0, 20), 10)
    const [, key, value] = /^\d+ ([^=]+)=([\s\S]*)\n$/.exec(rest.toString('utf8', 0, length)) ?? []
    if (key === undefined || value === undefined) throw damaged('an extended header in it cannot be read')
    records.set(key, value)
    rest = rest.subarray(length)
  }
  return records
}

/** What is wrong with an archive that cannot be restored. */
export function damaged(what: string, cause?: unknown): ServerError {
  return new ServerError({
    code: 'backup-damaged',
    message: `This backup cannot be restored: ${what}.`,
    hint: 'Nothing was changed. Use another copy of it, or an older backup.',
    ...(cause !== undefined && { cause }),
  })
}
