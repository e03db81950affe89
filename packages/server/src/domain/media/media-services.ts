import type { RunRow, Store } from '@lossline/store'
import type { ArtifactServices } from '../artifacts/artifact-services.ts'
import type { RunFiles } from '../run-files.ts'

/** What reading media works with. */
export interface MediaServices {
  readonly store: Store
  readonly files: RunFiles
  readonly artifacts: ArtifactServices
  readonly urls: MediaUrls
  /** The version that an id in the form of the wire names; undefined when it is none. */
  readonly parseArtifactId: (text: string) => number | undefined
}

/** Addresses of bytes, which are the transport's business. */
export interface MediaUrls {
  runFile(run: Pick<RunRow, 'entity' | 'project' | 'runId'>, name: string): string
  artifactFile(artifact: number, path: string): string
}
