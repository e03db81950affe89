import { type ArtifactRecord, stringifyJson, toManifestRecord } from '@lossline/protocol'
import type { RunFacts } from '../run/run-records.ts'
import type { ArtifactDraft } from './artifact-draft.ts'
import { toTtlSeconds } from './artifact-options.ts'
import type { DraftEntry } from './draft-entries.ts'

/** How a draft is logged. */
export interface ToArtifactRecordOptions {
  readonly draft: ArtifactDraft
  readonly facts: Pick<RunFacts, 'id' | 'project' | 'entity'>
  readonly aliases: readonly string[]
  readonly tags: readonly string[]
  /** Group of runs that make the version together. */
  readonly distributedId?: string
  /** Whether the version is complete with this. */
  readonly isFinal: boolean
  /** Whether the run takes the version as input instead of making it. */
  readonly isInput?: boolean
  /** Puts a content into the run's folder; returns its absolute path there. */
  stage(entry: DraftEntry): string | undefined
}

/** The record of a journal from which a version is made on a server. */
export function toArtifactRecord(options: ToArtifactRecordOptions): ArtifactRecord {
  const { draft, facts, distributedId, stage } = options
  const { clientId, sequenceClientId, baseId, isIncremental, storagePolicyConfig } = draft.facts
  const metadata = Object.keys(draft.metadata).length === 0 ? undefined : stringifyJson(draft.metadata)
  const ttlDurationSeconds = toTtlSeconds(draft.ttlMs)
  return {
    runId: facts.id,
    project: facts.project,
    ...(facts.entity === undefined ? {} : { entity: facts.entity }),
    type: draft.type,
    name: draft.name,
    digest: draft.digest,
    ...(draft.description === undefined ? {} : { description: draft.description }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(options.isInput ? { userCreated: true, useAfterCommit: true } : {}),
    // Every new version is the latest one; W&B's client asks for that alias by name too.
    aliases: [...new Set([...options.aliases, 'latest'])],
    manifest: toManifestRecord(
      draft.draftEntries.map((entry) => toLocalEntry(entry, stage)),
      storagePolicyConfig,
    ),
    ...(distributedId === undefined ? {} : { distributedId }),
    finalize: options.isFinal,
    clientId,
    sequenceClientId,
    ...(baseId === undefined ? {} : { baseId }),
    ...(ttlDurationSeconds === undefined ? {} : { ttlDurationSeconds }),
    tags: [...options.tags],
    digestAlgorithm: 'MANIFEST_MD5',
    ...(isIncremental ? { incrementalBeta1: true } : {}),
  }
}

function toLocalEntry(entry: DraftEntry, stage: ToArtifactRecordOptions['stage']) {
  const { path, digest, sizeBytes, ref, extra, birthArtifactId, skipCache } = entry
  const localPath = entry.content === undefined ? undefined : stage(entry)
  return {
    path,
    digest,
    skipCache,
    ...(sizeBytes === undefined ? {} : { size: sizeBytes }),
    ...(ref === undefined ? {} : { ref }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
    ...(birthArtifactId === undefined ? {} : { birthArtifactId }),
    ...(localPath === undefined ? {} : { localPath }),
  }
}
