import type { ArtifactDigestAlgorithm, ArtifactEntryRow } from '@lossline/store'
import type { ArtifactServices } from './artifact-services.ts'

/** An entry as a manifest says it. */
export interface ManifestEntry {
  readonly digest: string
  /** By what the digest was made; that of a reference is not ours. */
  readonly algorithm: ArtifactDigestAlgorithm
  readonly sizeBytes: number | undefined
  readonly ref: string | undefined
  readonly birthArtifact: number | undefined
  /** A JSON object as text. */
  readonly extra: string | undefined
}

/** A manifest as uploaded. */
export interface Manifest {
  readonly entries: ReadonlyMap<string, ManifestEntry>
  /** Everything but the entries, as JSON text. */
  readonly head: string
}

/** The text form of manifests, which is the wire's business. */
export interface ManifestCodec {
  /** @throws {@link ServerError} `invalid-request`: not a manifest, or a path that leads out of the artifact. */
  parse(text: string): Manifest
  /** What the URI of a reference to any file of a version begins with. */
  referencePrefix(artifact: number): string
}

/** Every entry of a committed version, by path; a few at a time, however many there are. */
export async function* readEntries(
  { reads }: ArtifactServices,
  artifact: number,
): AsyncGenerator<readonly ArtifactEntryRow[]> {
  for (let after = ''; ; ) {
    const entries = await reads.entries({ artifact, after, limit: entryBatchCount })
    if (entries.length > 0) yield entries
    if (entries.length < entryBatchCount) return
    after = entries.at(-1)!.path
  }
}

/** A store transaction of this many takes some milliseconds. */
export const entryBatchCount = 1000
