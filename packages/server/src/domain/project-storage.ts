import type { ProjectStorageResponse, StorageKind } from '@lossline/protocol'
import type { ArtifactReads, ProjectRow, Store } from '@lossline/store'
import { allRuns } from './all-runs.ts'
import type { RunFiles } from './run-files.ts'

const pageVersionCount = 1000

/** What a project's runs and artifacts take. Costs a look at the list of files of every run. */
export async function measureProject(
  store: Store,
  files: RunFiles,
  project: ProjectRow,
): Promise<ProjectStorageResponse> {
  const runs = await allRuns(store, project.entity, project.name)
  const runFiles = createTally()
  for (const run of runs) {
    for (const file of await files.list(run.id)) runFiles.add(kindOf(file.name), file.sizeBytes)
  }
  return {
    runFiles: runFiles.kinds(),
    artifacts: await measureArtifacts(store.artifacts, project.id),
    runCount: runs.length,
    historyRowCount: runs.reduce((sum, run) => sum + run.historyLineCount, 0),
    logLineCount: runs.reduce((sum, run) => sum + run.logLineCount, 0),
  }
}

async function measureArtifacts(reads: ArtifactReads, project: number): Promise<readonly StorageKind[]> {
  const tally = createTally()
  for (const collection of await reads.collections({ project })) {
    // A portfolio holds links to versions that are counted where they were made.
    if (collection.kind !== 'sequence') continue
    for (let offset = 0; ; offset += pageVersionCount) {
      const versions = await reads.memberships({ collection: collection.id, offset, limit: pageVersionCount })
      for (const { artifact } of versions) tally.add(collection.type, artifact.sizeBytes)
      if (versions.length < pageVersionCount) break
    }
  }
  return tally.kinds()
}

/** What a file of a run is for, by where clients put it. */
function kindOf(name: string): string {
  if (name.startsWith('media/')) return name.startsWith('media/table/') ? 'tables' : 'media'
  if (name.startsWith('code/') || name === 'diff.patch') return 'code'
  if (name.startsWith('logs/') || name === 'output.log') return 'output'
  if (/^(wandb-|config\.yaml$|requirements\.txt$|conda-environment\.yaml$)/.test(name)) return 'environment'
  return 'other files'
}

function createTally() {
  const kinds = new Map<string, { count: number; sizeBytes: number }>()
  return {
    add(kind: string, sizeBytes: number): void {
      const { count, sizeBytes: before } = kinds.get(kind) ?? { count: 0, sizeBytes: 0 }
      kinds.set(kind, { count: count + 1, sizeBytes: before + sizeBytes })
    },
    /** The largest first. */
    kinds: (): readonly StorageKind[] =>
      [...kinds].map(([kind, sum]) => ({ kind, ...sum })).sort((a, b) => b.sizeBytes - a.sizeBytes),
  }
}
