import type { ArtifactServices } from './artifact-services.ts'
import { expireVersions } from './expire-versions.ts'
import { dropStaleUploads } from './part-uploads.ts'

/** How often a server does what no operator has to ask for: an hour. */
export const upkeepIntervalMs: number = 60 * 60_000

/**
 * Deletes versions at the end of their lifetime, and parts of files that nobody goes on with. Contents are left to the collection
 * of garbage.
 *
 * @param options.areUploadsKept - Parts stay: they may belong to versions of a database that was put aside.
 */
export async function keepUpArtifacts(
  services: ArtifactServices,
  { areUploadsKept }: { readonly areUploadsKept: boolean },
): Promise<void> {
  await expireVersions(services, { apply: true })
  if (areUploadsKept) return
  await dropStaleUploads(services, { untouchedSinceMs: services.clock.now() - upkeepIntervalMs, apply: true })
}
