import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type ContentDigests, contentMode, makeTemporaryDirectorySync, moveToBlobSync } from './staged-files.ts'

/** A content of the data folder that is being written. */
export interface NewContent {
  /** Appends bytes. Wait for one write before the next. */
  write(bytes: Uint8Array): Promise<void>
  /** Ends the content and gives it its place. */
  close(): Promise<ContentDigests>
  /** Removes what was written, if it was not closed. */
  discard(): Promise<void>
}

/** Closes and removes what nobody can write to any more: a file that a program has forgotten to close. */
const forgotten = new FinalizationRegistry<() => Promise<void>>((discard) => {
  discard().catch(() => {})
})

/**
 * Opens a content for writing; its bytes are hashed on their way to the disk.
 *
 * @param dataDirectory - Undefined: the bytes are only hashed.
 * @throws the file system's error, such as `ENOSPC`; so do its methods.
 */
export async function openNewContent(dataDirectory: string | undefined): Promise<NewContent> {
  const path = dataDirectory === undefined ? undefined : join(makeTemporaryDirectorySync(dataDirectory), randomUUID())
  const handle = path === undefined ? undefined : await open(path, 'wx', contentMode)
  const md5 = createHash('md5')
  const sha256 = createHash('sha256')
  let sizeBytes = 0
  let isOpen = true

  async function closeHandle(): Promise<void> {
    if (!isOpen) return
    isOpen = false
    forgotten.unregister(discard)
    await handle?.close()
  }

  async function discard(): Promise<void> {
    await closeHandle()
    if (path !== undefined) await rm(path, { force: true })
  }

  const content: NewContent = {
    async write(bytes) {
      md5.update(bytes)
      sha256.update(bytes)
      if (handle !== undefined) await writeAll(handle, bytes)
      sizeBytes += bytes.length
    },
    async close() {
      await closeHandle()
      const sha256Hex = sha256.digest('hex')
      if (dataDirectory !== undefined && path !== undefined)
        moveToBlobSync(dataDirectory, path, { sha256Hex, sizeBytes })
      return { md5Base64: md5.digest('base64'), sha256Hex, sizeBytes }
    },
    discard: () => discard(),
  }
  forgotten.register(content, discard, discard)
  return content
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let offset = 0; offset < bytes.length; ) {
    offset += (await handle.write(bytes, offset)).bytesWritten
  }
}
