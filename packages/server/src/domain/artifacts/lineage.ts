import type { RunAddress } from '@lossline/store'
import { type ArtifactServices, existingRun } from './artifact-services.ts'
import { resolveVersion } from './resolve-name.ts'

/** Notes that a run reads a version. Doing so again is the same. @throws {@link ServerError} `not-found`: the run. */
export async function useArtifact(
  services: ArtifactServices,
  usage: { readonly at: RunAddress; readonly artifact: number; readonly usedAs: string | undefined },
): Promise<void> {
  const { id: run } = await existingRun(services, usage.at)
  const { artifact, usedAs } = usage
  await services.store.write([{ kind: 'put-artifact-usage', run, direction: 'input', artifact, usedAs }])
}

/**
 * The version that a client id stands for. Histories keep such ids forever, as `<id of a version>` and as
 * `<id of a sequence>:<alias>`; without an alias a sequence stands for its newest version. Undefined when it is gone.
 */
export async function resolveClientId(services: ArtifactServices, text: string): Promise<number | undefined> {
  const { reads } = services
  const [clientId = '', ...version] = text.split(':')
  const found = await reads.clientId(clientId)
  if (found === undefined) return undefined
  if ('collection' in found) {
    const { collection } = found
    const membership =
      version.length === 0
        ? await reads.membership({ collection, isNewest: true })
        : await resolveVersion(services, collection, version.join(':'))
    return membership?.artifact.id
  }
  const artifact = await reads.artifact(found.artifact)
  return artifact === undefined || artifact.state === 'deleted' ? undefined : artifact.id
}

/** Deletes every version that the run was the first to make, whatever names they have. */
export async function deleteArtifactsOfRun({ store, reads, clock }: ArtifactServices, run: number): Promise<void> {
  const nowMs = clock.now()
  const made = await reads.artifactsCreatedBy(run)
  await store.write(made.map(({ id }) => ({ kind: 'delete-artifact', artifact: id, nowMs }) as const))
}
