import type { SyncOutcome } from '@lossline/journal'
import { countOf, sizeOf } from './amounts.ts'

type UnsentWork = NonNullable<SyncOutcome['unsent']>

const namesShownMax = 10

/** Lines that say what of a run the server does not have: the rows, and files and artifacts by name. */
export function describeUnsent(unsent: UnsentWork | undefined): string[] {
  if (unsent === undefined) return []
  const { rowCount, fileCount, artifactCount, isAtLeast } = unsent
  const parts = [
    ...(rowCount === 0 ? [] : [countOf(rowCount, 'row')]),
    ...(fileCount === 0 ? [] : [`${countOf(fileCount, 'file')} (${namesOf(unsent.files, fileCount)})`]),
    ...(artifactCount === 0
      ? []
      : [`${countOf(artifactCount, 'artifact')} (${namesOf(unsent.artifacts, artifactCount)})`]),
  ]
  return parts.length === 0 ? [] : [`Still to be sent: ${isAtLeast ? 'at least ' : ''}${parts.join(', ')}.`]
}

function namesOf(items: UnsentWork['files'], count: number): string {
  const shown = items
    .slice(0, namesShownMax)
    .map(({ name, bytes }) => (bytes === 0 ? name : `${name}, ${sizeOf(bytes)}`))
  const more = count - shown.length
  return [...shown, ...(more > 0 ? [`and ${more.toLocaleString('en')} more`] : [])].join('; ')
}
