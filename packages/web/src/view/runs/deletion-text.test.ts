import { expect, test } from 'vitest'
import { deletionText } from './deletion-text.ts'

test.each([
  [1, undefined, 'It can be restored for 30 days. Artifacts that it made stay.'],
  [3, [0, 0], 'They can be restored for 30 days.'],
  [3, [1, 1], 'They can be restored for 30 days. 1 artifact they made is used by other runs and stays.'],
  [1, [2, 0], 'It can be restored for 30 days. 2 artifacts it made stay.'],
  [
    3,
    [5, 2],
    'They can be restored for 30 days. 2 artifacts they made are used by other runs and stay. 3 that nobody else uses stay too.',
  ],
] as const)('of %i runs with %j artifacts', (runCount, counts, text) => {
  const artifacts = counts && { artifactCount: counts[0], usedArtifactCount: counts[1] }
  expect(deletionText(runCount, artifacts)).toBe(text)
})
