import type { RunRow, Store } from '@lossline/store'
import { automaticTypes } from './artifacts/automatic-types.ts'
import { inParts } from './in-parts.ts'

/** What comes of it when runs go. */
export interface DeletionPreview {
  readonly runCount: number
  /** Versions that they made, those aside that clients log by themselves. */
  readonly artifactCount: number
  /** Of those, how many runs use that stay. */
  readonly usedArtifactCount: number
}

/** Versions that are asked for at once. */
const pageLength = 500

/** Counts what runs made, and what of it is in use by others. */
export async function previewDeletion(store: Store, chosen: readonly RunRow[]): Promise<DeletionPreview> {
  const going = new Set(chosen.map(({ id }) => id))
  const made = new Set((await inParts(chosen, ({ id }) => madeBy(store, id))).flat())
  const used = await inParts([...made], async (artifact) => {
    const users = await store.artifacts.runsOf({ artifact, direction: 'input' })
    return users.some((run) => !going.has(run))
  })
  return { runCount: chosen.length, artifactCount: made.size, usedArtifactCount: used.filter(Boolean).length }
}

async function madeBy({ artifacts: reads }: Store, run: number): Promise<readonly number[]> {
  const ids: number[] = []
  const query = { run, direction: 'output', exceptTypes: [...automaticTypes], limit: pageLength } as const
  for (;;) {
    const { artifacts, total } = await reads.artifactsOfRun({ ...query, offset: ids.length })
    ids.push(...artifacts.map(({ id }) => id))
    if (artifacts.length === 0 || ids.length >= total) return ids
  }
}
