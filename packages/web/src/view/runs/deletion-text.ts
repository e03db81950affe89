import type { RunsDeletionResponse } from '@lossline/protocol'
import { formatCount } from '../text/format.ts'

/** What is said before runs are moved to the trash: what can be taken back, and what stays because others use it. */
export function deletionText(
  runCount: number,
  artifacts: Pick<RunsDeletionResponse, 'artifactCount' | 'usedArtifactCount'> | undefined,
): string {
  const they = runCount === 1 ? 'it' : 'they'
  const start = `${runCount === 1 ? 'It' : 'They'} can be restored for 30 days.`
  if (artifacts === undefined) return `${start} Artifacts that ${they} made stay.`
  const { artifactCount, usedArtifactCount: used } = artifacts
  if (artifactCount === 0) return start
  if (used === 0) return `${start} ${formatCount(artifactCount, 'artifact')} ${they} made ${stays(artifactCount)}.`
  const others = artifactCount - used
  const rest = others === 0 ? '' : ` ${others} that nobody else uses ${stays(others)} too.`
  return `${start} ${formatCount(used, 'artifact')} ${they} made ${used === 1 ? 'is' : 'are'} used by other runs and ${stays(used)}.${rest}`
}

function stays(count: number): string {
  return count === 1 ? 'stays' : 'stay'
}
