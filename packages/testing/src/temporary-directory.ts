import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A directory that exists until it is disposed of. */
export interface TemporaryDirectory extends AsyncDisposable {
  /** Absolute path. */
  readonly path: string
  /** A path inside the directory. Nothing is created. */
  join(...parts: string[]): string
}

/**
 * Makes an empty directory below the system's one for temporary files. `await using` removes it with all it holds,
 * also when the test failed.
 *
 * @param prefix - Start of the directory's name. Default: `lossline-test-`.
 */
export async function openTemporaryDirectory(prefix = 'lossline-test-'): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), prefix))
  return {
    path,
    join: (...parts) => join(path, ...parts),
    // A process that is just dying may still write into the directory, hence the retries.
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }),
  }
}
