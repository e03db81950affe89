import { activeRun } from '../run/active-runs.ts'
import type { Mode } from '../settings/settings.ts'
import type { ArtifactFiles, KeepTarget } from './artifact-files.ts'

/** Where a run keeps the contents of artifacts. */
export function targetOfRun(
  { mode, directory }: { readonly mode: Mode; readonly directory: string },
  files: Pick<ArtifactFiles, 'dataDirectoryOf'>,
): KeepTarget {
  if (mode === 'disabled') return { dataDirectory: undefined, runDirectory: undefined }
  return { dataDirectory: files.dataDirectoryOf(directory), runDirectory: directory }
}

/** Where the contents of a draft are kept of which no run is known: with the active run, else in the usual data folder. */
export function targetOfNow(files: Pick<ArtifactFiles, 'dataDirectoryOf' | 'findDataDirectory'>): KeepTarget {
  const run = activeRun()
  if (run === undefined) return { dataDirectory: files.findDataDirectory(), runDirectory: undefined }
  return targetOfRun(run, files)
}
