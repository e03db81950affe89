import { messageOf } from '@lossline/core/adapter'
import { OnnxProfileError } from '../errors.ts'
import { readPieces } from './node/trace-file.ts'
import type { Profile, ReadProfileOptions } from './profile.ts'
import { createProfileSummary } from './profile-summary.ts'

/**
 * Sums up a profile of ONNX Runtime: which operators, nodes and providers take the time.
 *
 * @param path - The file `<profileFilePrefix>_<time>.json` that `session.endProfiling()` writes.
 * @throws OnnxProfileError for a file that is not there or is no profile.
 * @example const { operators } = await readProfile('digits_2026-11-26_10-00-00_123.json')
 */
export async function readProfile(path: string, options: ReadProfileOptions = {}): Promise<Profile> {
  const summary = createProfileSummary(options)
  try {
    await readPieces(path, summary.add)
    return summary.result()
  } catch (cause) {
    if (cause instanceof OnnxProfileError) throw cause
    throw new OnnxProfileError({
      message: `"${path}" cannot be read: ${messageOf(cause)}`,
      hint: 'Pass the file that endProfiling has written.',
      cause,
    })
  }
}
