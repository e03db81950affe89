import type { ServerConnection } from '../server/server-connection.ts'
import type { ArtifactDefaults } from './artifact-api.ts'
import type { ArtifactDraft } from './artifact-draft.ts'
import type { ArtifactError } from './artifact-error.ts'
import type { ArtifactFiles } from './artifact-files.ts'

/** What versions need to answer questions about themselves. */
export interface VersionContext {
  readonly files: ArtifactFiles
  /** Whether nothing is logged, so that there is nothing to wait for, save or link. Default false. */
  readonly isDisabled?: boolean
  /** Data folder whose contents this process may take without asking a server; in local mode. */
  readonly dataDirectory: string | undefined
  /** Data folder that remembers which files of downloads are right; undefined: none does. */
  readonly indexDirectory: string | undefined
  /**
   * The server that knows the versions.
   *
   * @param call - What needs the answer, for the error.
   */
  connect(call: string): Promise<ServerConnection>
  defaults(): ArtifactDefaults
  /** Says something to the user. */
  warn(line: string): void
}

/** A draft that a run has logged. */
export interface LoggedDraft {
  readonly draft: ArtifactDraft
  readonly aliases: readonly string[]
  readonly tags: readonly string[]
  /** Resolves when the draft is in the journal and on disk. */
  whenWritten(): Promise<void>
  /** Why the server did not take it, if that is known. */
  findFailure(): ArtifactError | undefined
}
