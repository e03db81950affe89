import type { KeptContent, NewFile } from './artifact-files.ts'
import { invalid } from './artifact-options.ts'
import type { ArtifactEntry } from './draft-entries.ts'
import { toBytes } from './to-bytes.ts'

/** A new file of an artifact that is being written. */
export interface ArtifactFileWriter extends AsyncDisposable {
  /** Path in the artifact. */
  readonly path: string
  /** Appends bytes, or a text as UTF-8. Writes are kept in the order of their calls. */
  write(content: Uint8Array | string): Promise<void>
  /** Ends the file and adds it to the artifact. A second call returns the first one's promise. */
  close(): Promise<ArtifactEntry>
  /** The same as {@link close}. */
  [Symbol.asyncDispose](): Promise<void>
}

export function openArtifactFileWriter(options: {
  readonly path: string
  readonly opening: Promise<NewFile>
  /** Called when the end of the file is asked for, before it is there. */
  onClose(): void
  add(content: KeptContent): ArtifactEntry
  wait(closing: Promise<ArtifactEntry>): Promise<ArtifactEntry>
}): ArtifactFileWriter {
  const { path, opening, onClose, add, wait } = options
  let last: Promise<unknown> = opening
  // A failure is told to whoever writes next or closes, and must not end the process before.
  opening.catch(() => {})
  let closing: Promise<ArtifactEntry> | undefined

  async function closeOnce(): Promise<ArtifactEntry> {
    const file = await opening
    try {
      await last
      return add(await file.close())
    } catch (error) {
      await file.discard()
      throw error
    }
  }

  function close(): Promise<ArtifactEntry> {
    if (closing === undefined) {
      closing = wait(closeOnce())
      onClose()
    }
    return closing
  }

  return {
    path,
    write(content) {
      if (closing !== undefined)
        return Promise.reject(invalid(`The new file "${path}" has been closed.`, 'Write before you close it.'))
      let bytes: Uint8Array
      try {
        // Copied now: the caller may use its array again.
        bytes = toBytes('write', content).slice()
      } catch (error) {
        return Promise.reject(error)
      }
      const written = last.then(async () => (await opening).write(bytes))
      written.catch(() => {})
      last = written
      return written
    },
    close,
    async [Symbol.asyncDispose]() {
      await close()
    },
  }
}
