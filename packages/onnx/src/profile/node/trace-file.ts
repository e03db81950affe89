import { closeSync, mkdtempSync, openSync, readdirSync, readSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const pieceBytes = 2 ** 20

/** Reads a file in pieces of text. @throws what the file system throws. */
export async function readPieces(path: string, take: (text: string) => void): Promise<void> {
  const file = await open(path)
  try {
    for await (const piece of file.createReadStream({
      encoding: 'utf8',
      highWaterMark: pieceBytes,
      autoClose: false,
    })) {
      take(String(piece))
    }
  } finally {
    await file.close()
  }
}

/** The same for the end of a process, which waits for nothing. */
export function readPiecesSync(path: string, take: (text: string) => void): void {
  const file = openSync(path, 'r')
  const decoder = new TextDecoder()
  const buffer = new Uint8Array(pieceBytes)
  try {
    for (;;) {
      const length = readSync(file, buffer)
      if (length === 0) return
      take(decoder.decode(buffer.subarray(0, length), { stream: true }))
    }
  } finally {
    closeSync(file)
  }
}

/** A folder in which a session writes its trace, under a name of its own choosing. */
export interface TraceFolder {
  /** For the option `profileFilePrefix` of a session. */
  readonly prefix: string
  /** The trace, once profiling has ended. */
  find(): string | undefined
  remove(): void
}

export function openTraceFolder(): TraceFolder {
  const folder = mkdtempSync(join(tmpdir(), 'lossline-profile-'))
  return {
    prefix: join(folder, 'profile'),
    find() {
      const name = readdirSync(folder).find((one) => one.endsWith('.json'))
      return name === undefined ? undefined : join(folder, name)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
