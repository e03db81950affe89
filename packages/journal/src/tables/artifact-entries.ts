import { type LocalManifestEntry, manifestDigest, toManifestRecord, type WandbRecordBody } from '@lossline/protocol'
import type { StagedFile } from '../artifacts/staged-files.ts'

/** The run that artifacts are made by. */
export interface RunIdentity {
  readonly runId: string
  readonly project: string | undefined
  readonly entity: string | undefined
}

/** The files of an artifact that is being made; each path once. */
export interface ArtifactEntries {
  has(path: string): boolean
  addFile(path: string, file: StagedFile): void
  addReference(
    path: string,
    reference: { readonly uri: string; readonly digest: string; readonly sizeBytes: number },
  ): void
  toRecord(options: ArtifactRecordOptions): WandbRecordBody
}

/** What the record of an artifact says beside its files. */
export interface ArtifactRecordOptions {
  readonly run: RunIdentity
  readonly type: string
  readonly name: string
  readonly clientId: string
  readonly sequenceClientId: string
  readonly isIncremental: boolean
}

/** Makes an empty list. */
export function createArtifactEntries(): ArtifactEntries {
  const entries = new Map<string, LocalManifestEntry>()
  return {
    has: (path) => entries.has(path),
    addFile(path, { md5Base64, sizeBytes, localPath }) {
      entries.set(path, { path, digest: md5Base64, size: sizeBytes, localPath })
    },
    addReference(path, { uri, digest, sizeBytes }) {
      entries.set(path, { path, digest, size: sizeBytes, ref: uri })
    },
    toRecord({ run, type, name, clientId, sequenceClientId, isIncremental }) {
      const { runId, project, entity } = run
      return {
        kind: 'artifact',
        artifact: {
          runId,
          ...(project === undefined ? {} : { project }),
          ...(entity ? { entity } : {}),
          type,
          name,
          digest: manifestDigest(entries.values()),
          aliases: ['latest'],
          manifest: toManifestRecord(entries.values()),
          finalize: true,
          clientId,
          sequenceClientId,
          digestAlgorithm: 'MANIFEST_MD5',
          ...(isIncremental ? { incrementalBeta1: true } : {}),
        },
      }
    },
  }
}
