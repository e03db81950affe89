import type { ProjectSummary, RunSummary } from './page-api.ts'

/** `GET /api/search?q=&limit=` (limit 1…100, default 20): what there is of a name, in all projects that the asker sees. */
export interface SearchResponse {
  /** Projects with the text in their name, the latest active first. */
  readonly projects: readonly ProjectSummary[]
  /** Runs with the text in name, id, notes or a tag; those called exactly so first, then those of the latest active projects. */
  readonly runs: readonly FoundRun[]
  /** Collections of artifacts with the text in their name. */
  readonly artifacts: readonly FoundArtifact[]
}

/** A run, and where it is. */
export interface FoundRun extends Pick<RunSummary, 'runId' | 'displayName' | 'state' | 'number'> {
  readonly entity: string
  readonly project: string
}

/** A collection, and where it is. */
export interface FoundArtifact {
  readonly entity: string
  readonly project: string
  readonly type: string
  readonly name: string
}

/** `GET /api/projects/{entity}/{project}/storage`: what its runs and artifacts take. */
export interface ProjectStorageResponse {
  /** Files of runs by what they are for; a content that several have is counted with each. */
  readonly runFiles: readonly StorageKind[]
  /** Versions of artifacts by type; a content that several have is counted with each. */
  readonly artifacts: readonly StorageKind[]
  readonly runCount: number
  /** Steps and lines of output that the runs have logged. */
  readonly historyRowCount: number
  readonly logLineCount: number
}

/** What one kind of things takes. */
export interface StorageKind {
  readonly kind: string
  readonly count: number
  readonly sizeBytes: number
}
