import { copyContents } from '../media/copy-contents.ts'
import { fromPlainError } from './content-worker-messages.ts'
import { runContentJob } from './content-workers.ts'
import type { KeepMediaOptions, KeptMediaFile } from './keep-media.ts'

/**
 * Encodes, hashes and keeps a media value or table in another thread. The calling one only copies its arrays, at once: the
 * program may change them when this returns its promise.
 *
 * @returns its files; the last one describes it.
 * @throws {@link ArtifactFileError}
 */
export async function keepMedia(options: KeepMediaOptions): Promise<KeptMediaFile[]> {
  const { snapshot, buffers } = copyContents(options.snapshot)
  const result = await runContentJob({ kind: 'media', media: { ...options, snapshot } }, buffers)
  if ('failure' in result) throw fromPlainError(result.failure)
  return [...result.files]
}
