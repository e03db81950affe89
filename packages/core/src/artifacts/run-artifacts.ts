import type { WandbRecordBody } from '@lossline/protocol'
import type { RunConnection } from '../run/run-connection.ts'
import type { RunFacts } from '../run/run-records.ts'
import type { Mode } from '../settings/settings.ts'
import { ArtifactDraft } from './artifact-draft.ts'
import { ArtifactError } from './artifact-error.ts'
import type { ArtifactFiles } from './artifact-files.ts'
import { type TimeToLive, toAliases, toTags } from './artifact-options.ts'
import { ArtifactVersion } from './artifact-version.ts'
import { toArtifactRecord } from './to-artifact-record.ts'
import type { VersionContext } from './version-context.ts'

/** How an artifact is logged. */
export interface LogArtifactOptions {
  /** Name of an artifact that is given by its path. Default: `run-<run id>-<file name>`. */
  readonly name?: string | undefined
  /** Type of an artifact that is given by its path. Default: `unspecified`. */
  readonly type?: string | undefined
  /** Names of the version beside `latest`; each moves here from the version that has it. */
  readonly aliases?: readonly string[] | string | undefined
  readonly tags?: readonly string[] | string | undefined
  /** How long the version is kept. Default: what the draft says, else the server. */
  readonly ttlMs?: TimeToLive | undefined
}

/** What the artifacts of a run need of the run. */
export interface RunArtifactsParts {
  readonly mode: Mode
  readonly directory: string
  readonly files: ArtifactFiles
  readonly connection: RunConnection
  facts(): RunFacts
  append(body: WandbRecordBody): void
  /** Resolves when everything appended so far is on disk. */
  flush(): Promise<void>
  warn(line: string): void
}

/** The artifacts of one run. */
export interface RunArtifacts {
  logArtifact(artifact: ArtifactDraft | string, options?: LogArtifactOptions): ArtifactVersion
  /** Resolves when all artifacts that were being put together are in the journal, or have failed. Never rejects. */
  settled(): Promise<void>
}

export function createRunArtifacts(parts: RunArtifactsParts): RunArtifacts {
  const pending = new Set<Promise<void>>()
  const context: VersionContext = {
    files: parts.files,
    dataDirectory: parts.mode === 'local' ? parts.files.dataDirectoryOf(parts.directory) : undefined,
    connect: (call) => parts.connection.connect(call),
    defaults: () => ({ entity: parts.facts().entity, project: parts.facts().project }),
    warn: parts.warn,
  }

  function log(draft: ArtifactDraft, options: LogArtifactOptions): ArtifactVersion {
    const aliases = [...new Set([...draft.aliases, ...toAliases(options.aliases)])]
    const tags = [...new Set([...draft.tags, ...toTags(options.tags)])]
    if (options.ttlMs !== undefined) draft.ttlMs = options.ttlMs
    draft.freeze()
    let work: Promise<void> = Promise.resolve()
    const whenWritten = async (): Promise<void> => {
      await work
      await parts.flush()
    }
    const version = new ArtifactVersion(context, { logged: { draft, aliases, tags, whenWritten } })
    const append = (): void => {
      const artifact = toArtifactRecord({
        draft,
        facts: parts.facts(),
        aliases,
        tags,
        isFinal: true,
        stage: ({ content }) => (content === undefined ? undefined : parts.files.stage(parts.directory, content)),
      })
      parts.append({ kind: 'artifact', artifact })
    }
    const fail = (error: unknown): void => {
      const failure = toSaveError(draft, error)
      version.fail(failure)
      parts.warn(failure.message)
    }
    if (parts.mode === 'disabled') return version
    if (!draft.isSettled) {
      const appended = draft.settled().then(append).catch(fail)
      work = appended
      pending.add(appended)
      void appended.then(() => pending.delete(appended))
      return version
    }
    try {
      append()
    } catch (error) {
      fail(error)
    }
    return version
  }

  return {
    logArtifact(artifact, options = {}) {
      if (artifact instanceof ArtifactDraft) return log(artifact, options)
      throw new Error('paths come next')
    },
    async settled() {
      while (pending.size > 0) await Promise.all(pending)
    },
  }
}

function toSaveError(draft: ArtifactDraft, cause: unknown): ArtifactError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new ArtifactError({
    code: 'artifact-save-failed',
    message: `Artifact "${draft.name}" was not logged: ${reason}`,
    cause,
  })
}
