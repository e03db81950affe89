import type { Run } from '@lossline/core'
import type { RunLike } from '@lossline/core/adapter'

/** A run that takes files too: models and profiles. */
export interface FileRun extends RunLike, Pick<Run, 'id' | 'logArtifact' | 'useArtifact'> {}
