import { type BlobDigest, parseBlobDigest } from '@lossline/store'
import type { RunFiles } from '../run-files.ts'
import { emptyTrash, trashKeptMs } from '../trash.ts'
import type { ArtifactServices } from './artifact-services.ts'
import { expireVersions } from './expire-versions.ts'
import { dropStaleUploads } from './part-uploads.ts'

/** What to collect. */
export interface CollectGarbageOptions {
  /** False: only say what would go. */
  readonly apply: boolean
  /** Contents younger than this stay: somebody may be about to refer to them. Default: an hour. */
  readonly graceMs?: number
  /** Versions whose client has not come back for so long are given up with what it uploaded for them. Default: 7 days. */
  readonly abandonedMs?: number
  /** Deleted runs are removed for good after so long. Default: 30 days. */
  readonly trashKeptMs?: number
}

/** What was collected, or would be. */
export interface GarbageReport {
  readonly isApplied: boolean
  readonly contents: readonly { readonly digest: BlobDigest; readonly sizeBytes: number }[]
  readonly sizeBytes: number
  /** Versions at the end of their lifetime. */
  readonly expiredVersionCount: number
  /** Versions that were never committed. */
  readonly abandonedVersionCount: number
  /** What uploads that were broken off have left: files, and uploads in parts. */
  readonly leftovers: { readonly count: number; readonly sizeBytes: number }
  /** Runs that were in the trash for too long. */
  readonly removedRunCount: number
  /** Runs that are gone and had files. */
  readonly forgottenRunCount: number
}

const batchCount = 500

/**
 * Lets go of contents that no version, no pending version and no run file refers to, and of what broken-off uploads left.
 *
 * @param files - Where run files are: their contents are in the same place.
 * @example
 * const { sizeBytes } = await collectGarbage(services, files, { apply: false })
 */
export async function collectGarbage(
  services: ArtifactServices,
  files: Pick<RunFiles, 'contents' | 'forget'>,
  options: CollectGarbageOptions,
): Promise<GarbageReport> {
  const { apply, graceMs = 60 * 60_000, abandonedMs = 7 * 24 * 60 * 60_000 } = options
  const nowMs = services.clock.now()
  const deletedBeforeMs = nowMs - (options.trashKeptMs ?? trashKeptMs)
  const removedRunCount = apply
    ? await emptyTrash(services.store, deletedBeforeMs)
    : (await services.store.trashedRuns({ deletedBeforeMs })).length
  const expiredVersionCount = await expireVersions(services, { apply })
  const abandonedVersionCount = await giveUpVersions(services, nowMs - abandonedMs, apply)
  const { used: ofRuns, forgottenRunCount } = await contentsOfRuns(services, files, apply)
  const untouchedSinceMs = nowMs - graceMs
  const contents: { digest: BlobDigest; sizeBytes: number }[] = []
  let batch: { digest: BlobDigest; sizeBytes: number }[] = []
  const flush = async (): Promise<void> => {
    const digests = batch.map(({ digest }) => digest)
    const used = await services.reads.contentsInUse(digests)
    for (const found of batch) {
      if (used.has(found.digest)) continue
      if (!apply || (await letGo(services, found.digest, untouchedSinceMs))) contents.push(found)
    }
    batch = []
  }
  for await (const { digest, sizeBytes, putAtMs } of services.blobs.list()) {
    if (ofRuns.has(digest) || putAtMs > untouchedSinceMs) continue
    batch.push({ digest, sizeBytes })
    if (batch.length >= batchCount) await flush()
  }
  await flush()
  const sizeBytes = contents.reduce((sum, content) => sum + content.sizeBytes, 0)
  const leftovers = await collectLeftovers(services, { untouchedSinceMs, apply })
  return {
    isApplied: apply,
    removedRunCount,
    contents,
    sizeBytes,
    expiredVersionCount,
    abandonedVersionCount,
    leftovers,
    forgottenRunCount,
  }
}

async function collectLeftovers(
  services: ArtifactServices,
  options: { readonly untouchedSinceMs: number; readonly apply: boolean },
): Promise<GarbageReport['leftovers']> {
  const broken = await services.blobs.collectLeftovers(options)
  const stale = await dropStaleUploads(services, options)
  return {
    count: broken.count + stale.length,
    sizeBytes: stale.reduce((sum, { sizeBytes }) => sum + sizeBytes, broken.sizeBytes),
  }
}

/** Without `apply` their contents still count as needed, so the answer is then on the low side. */
async function giveUpVersions(services: ArtifactServices, untilMs: number, apply: boolean): Promise<number> {
  let count = 0
  for (;;) {
    const abandoned = await services.reads.abandonedArtifacts({ untilMs, limit: batchCount })
    if (!apply) return abandoned.length
    if (abandoned.length === 0) return count
    const nowMs = services.clock.now()
    // A client may come back between the look and this.
    await services.store.write(
      abandoned.map(
        ({ id }) => ({ kind: 'delete-artifact', artifact: id, onlyIfPendingSinceMs: untilMs, nowMs }) as const,
      ),
    )
    count += abandoned.length
  }
}

/** Those of runs that are still there; lists of the others are forgotten: numbers of runs are never used again. */
async function contentsOfRuns(
  { store }: ArtifactServices,
  files: Pick<RunFiles, 'contents' | 'forget'>,
  apply: boolean,
): Promise<{ readonly used: ReadonlySet<string>; readonly forgottenRunCount: number }> {
  const used = new Set<string>()
  const trashed = new Set((await store.trashedRuns()).map(({ id }) => id))
  let forgottenRunCount = 0
  for await (const { run, digests } of files.contents()) {
    if (trashed.has(run) || (await store.runById(run)) !== undefined) {
      for (const digest of digests) used.add(digest)
      continue
    }
    forgottenRunCount += 1
    if (apply) await files.forget(run)
  }
  return { used, forgottenRunCount }
}

/**
 * Lets go at once of those of the given contents that nothing refers to any more.
 *
 * @param untouchedSinceMs - One that was put again after this time stays: somebody may be about to refer to it.
 */
export async function releaseContents(
  services: ArtifactServices,
  files: Pick<RunFiles, 'contents'>,
  { digests, untouchedSinceMs }: { readonly digests: ReadonlySet<string>; readonly untouchedSinceMs: number },
): Promise<void> {
  const left = new Set(digests)
  for await (const { digests: ofRun } of files.contents()) for (const digest of ofRun) left.delete(digest)
  for (const digest of left) await letGo(services, parseBlobDigest(digest), untouchedSinceMs)
}

/** False when somebody needs it after all. */
function letGo(services: ArtifactServices, digest: BlobDigest, untouchedSinceMs: number): Promise<boolean> {
  return services.contentTurns.run(digest, async () => {
    if ((await services.reads.contentsInUse([digest])).size > 0) return false
    await services.store.write([{ kind: 'forget-contents', sha256s: [digest] }])
    // Entries of a commit may have come in between; such a content was not forgotten.
    if ((await services.reads.contentsInUse([digest])).size > 0) return false
    return services.blobs.delete(digest, untouchedSinceMs)
  })
}
