import type { ArtifactVersion, Run } from '@lossline/core'
import type { RunLike } from '@lossline/core/adapter'

/** A run that takes models too. */
export interface ModelRun extends RunLike {
  logArtifact(...args: Parameters<Run['logArtifact']>): ArtifactVersion
}
