import type {
  ArtifactCollectionRow,
  ArtifactMembershipRow,
  ArtifactRow,
  ArtifactTypeRow,
  ProjectRow,
  RunRow,
  Store,
} from '@lossline/store'
import type { AccessLevel } from '../auth/access.ts'
import type { Identity } from '../auth/identity.ts'
import type { NewServiceKeys } from '../auth/new-service-keys.ts'
import type { RequireWrite } from '../auth/require-write.ts'
import type { Clock } from '../clock.ts'
import type { Teams } from '../domain/accounts/teams.ts'
import type { Users } from '../domain/accounts/users.ts'
import type { ArtifactServices } from '../domain/artifacts/artifact-services.ts'
import type { HistoryExports } from '../domain/history-exports/history-exports.ts'
import type { HistoryRows } from '../domain/history-rows.ts'
import type { Projects } from '../domain/projects.ts'
import type { RunFiles } from '../domain/run-files.ts'
import type { Runs } from '../domain/runs.ts'
import type { SweepAgents } from '../domain/sweeps/sweep-agents.ts'
import type { Sweeps } from '../domain/sweeps/sweeps.ts'
import type { Views } from '../domain/views.ts'
import type { Writer } from '../domain/writer.ts'
import type { UrlSigner } from '../http/signed-url.ts'
import type { Log } from '../log.ts'

/** What W&B's side of the server works with. */
export interface WandbServices {
  readonly store: Store
  readonly runs: Runs
  readonly projects: Projects
  readonly views: Views
  readonly sweeps: Sweeps
  readonly sweepAgents: SweepAgents
  readonly historyRows: HistoryRows
  readonly historyExports: HistoryExports
  readonly files: RunFiles
  readonly artifacts: ArtifactServices
  readonly artifactWire: ArtifactWire
  /** Asked before a link is given out with which something can be changed. */
  readonly requireWrite: RequireWrite
  /** What the asker may do in an entity or one of its projects; undefined when there is no such entity. */
  readonly levelOf: (entity: string, project?: string) => Promise<AccessLevel | undefined>
  readonly users: Users
  readonly teams: Teams
  readonly newServiceKeys: NewServiceKeys
  readonly urlSigner: UrlSigner
  readonly clock: Clock
  readonly log: Log
  readonly version: string
}

/** What one GraphQL request knows. */
export interface WandbContext {
  /** Under which the log has what goes wrong. */
  readonly requestId: string
  readonly identity: Identity
  /** Scheme, host and port under which the client reached us: links in answers start with it. */
  readonly baseUrl: string
  /** Which of several writers of a run asks, if it says so. */
  readonly writer: Writer | undefined
  /** When the run's program gave this sign of life, Unix milliseconds. Undefined: now. */
  readonly heardAtMs: number | undefined
}

/** An object of an answer: the executor takes fields as they are and calls methods with (arguments, context). */
export type WireObject = Readonly<Record<string, unknown>>

/** Arguments of listings that can be filtered and sorted. */
export interface ListArguments {
  readonly after?: string | null
  readonly first?: number | null
  /** Mongo's words as JSON. */
  readonly filters?: string | null
  /** `[+|-]field`. */
  readonly order?: string | null
}

/** Objects of artifacts. They lead to each other, to runs and to projects, and back; this ties the knot. */
export interface ArtifactWire {
  /** With version aliases `v3` stands among the aliases, for every collection that the version is in. */
  artifact(artifact: ArtifactRow, options?: { readonly hasVersionAliases?: boolean }): WireObject
  collection(collection: ArtifactCollectionRow): WireObject
  membership(membership: ArtifactMembershipRow): WireObject
  type(type: ArtifactTypeRow): WireObject
  typeOf(collection: ArtifactCollectionRow): Promise<WireObject | null>
  versions(collection: ArtifactCollectionRow, args: ListArguments): Promise<WireObject>
  /** Fields of `Project`. */
  ofProject(project: ProjectRow): WireObject
  /** Fields of `Run`. */
  ofRun(run: RunRow): WireObject
}
