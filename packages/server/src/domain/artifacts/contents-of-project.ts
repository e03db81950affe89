import type { Store } from '@lossline/store'
import { allRuns } from '../all-runs.ts'
import type { RunFiles } from '../run-files.ts'
import type { ArtifactServices } from './artifact-services.ts'

const pageCount = 1000

/** SHA-256 digests of all contents that runs, deleted ones too, and artifacts of a project refer to. */
export async function contentsOfProject(
  services: ArtifactServices,
  files: Pick<RunFiles, 'contents'>,
  project: { readonly id: number; readonly runIds: ReadonlySet<number> },
): Promise<ReadonlySet<string>> {
  const digests = new Set<string>()
  for await (const { run, digests: ofRun } of files.contents()) {
    if (project.runIds.has(run)) for (const digest of ofRun) digests.add(digest)
  }
  for await (const artifact of artifactsOf(services, project.id)) {
    for (const { sha256 } of await services.reads.manifests(artifact)) if (sha256 !== undefined) digests.add(sha256)
    for (const { sha256 } of await services.reads.entries({ artifact })) if (sha256 !== undefined) digests.add(sha256)
  }
  return digests
}

async function* artifactsOf({ reads }: Pick<ArtifactServices, 'reads'>, project: number): AsyncGenerator<number> {
  for (const collection of await reads.collections({ project, kind: 'sequence' })) {
    for (let offset = 0; ; offset += pageCount) {
      const versions = await reads.memberships({ collection: collection.id, offset, limit: pageCount })
      for (const { artifact } of versions) yield artifact.id
      if (versions.length < pageCount) break
    }
  }
}

/** Storage ids of a project's runs, those in its trash too. */
export async function runIdsOf(
  store: Store,
  project: { readonly id: number; readonly entity: string; readonly name: string },
): Promise<ReadonlySet<number>> {
  const trashed = await store.trashedRuns({ project: project.id })
  return new Set([...(await allRuns(store, project.entity, project.name)), ...trashed].map(({ id }) => id))
}
