import type { ArtifactServices } from './artifact-services.ts'

const batchCount = 500

/**
 * Deletes committed versions whose lifetime is over, whatever aliases they have. Those that somebody relies on stay: linked into
 * another collection, or referred to by a file of another version.
 *
 * @param options.apply - False: only say how many would go.
 * @returns How many.
 */
export async function expireVersions(
  services: ArtifactServices,
  options: { readonly apply: boolean },
): Promise<number> {
  const { store, reads, clock, manifests } = services
  const nowMs = clock.now()
  let count = 0
  for (let after = 0; ; ) {
    const expired = await reads.expiredArtifacts({ nowMs, after, limit: batchCount })
    for (const { id } of expired) {
      if (await reads.isReferredTo(manifests.referencePrefix(id))) continue
      // Its lifetime may be made longer between the look and this.
      if (options.apply) await store.write([{ kind: 'delete-artifact', artifact: id, onlyIfExpiredAtMs: nowMs, nowMs }])
      count += 1
    }
    if (expired.length < batchCount) return count
    after = expired.at(-1)!.id
  }
}
