import type { ArtifactDraft } from './artifact-draft.ts'
import { ArtifactError } from './artifact-error.ts'
import { invalid, toAliases, toTags } from './artifact-options.ts'
import { ArtifactVersion } from './artifact-version.ts'
import type { LogArtifactOptions } from './log-options.ts'
import type { RunArtifactsParts } from './run-artifacts.ts'
import { toArtifactRecord } from './to-artifact-record.ts'
import type { VersionContext } from './version-context.ts'

/** As what a draft is logged. */
export interface DraftRole {
  /** Whether the version is complete with this. */
  readonly isFinal: boolean
  readonly distributedId?: string
  /** Whether the run takes the version as input instead of making it. */
  readonly isInput?: boolean
}

/** Brings drafts into the journal of a run. */
export interface DraftLog {
  append(draft: ArtifactDraft, options: LogArtifactOptions, role: DraftRole): ArtifactVersion
  /** Resolves when nothing is being put together any more. Never rejects. */
  settled(): Promise<void>
  readonly unsettledNames: readonly string[]
  /** Why artifacts were not logged, one message for each. */
  readonly failures: readonly string[]
}

export function createDraftLog(parts: RunArtifactsParts, context: VersionContext): DraftLog {
  const pending = new Map<Promise<void>, string>()
  const failures: string[] = []
  const typesByName = new Map<string, string>()
  /** Of local mode, where another process may take the artifacts in: names by client id. */
  const loggedHere = new Map<string, string>()

  /** A server would refuse it, long after the call. */
  function refuseOtherType({ name, type }: ArtifactDraft): void {
    const before = typesByName.get(name) ?? type
    typesByName.set(name, before)
    if (before === type) return
    throw invalid(
      `Artifact "${name}" has the type "${before}" in this run, and cannot be logged as "${type}".`,
      'All versions of a name have one type: use another name, or that type.',
    )
  }

  function write(draft: ArtifactDraft, aliases: readonly string[], tags: readonly string[], role: DraftRole): void {
    const artifact = toArtifactRecord({
      draft,
      facts: parts.facts(),
      aliases,
      tags,
      ...role,
      stage: ({ content }) => (content === undefined ? undefined : parts.files.stage(parts.directory, content)),
    })
    parts.append({ kind: 'artifact', artifact })
  }

  return {
    append(draft, options, role) {
      const aliases = [...new Set([...draft.aliases, ...toAliases(options.aliases)])]
      const tags = [...new Set([...draft.tags, ...toTags(options.tags)])]
      if (parts.mode !== 'disabled') refuseOtherType(draft)
      if (options.ttlMs !== undefined) draft.ttlMs = options.ttlMs
      draft.freeze()
      let written: Promise<void> = Promise.resolve()
      const whenWritten = (): Promise<void> => written.then(() => parts.flush())
      const findFailure = (): ArtifactError | undefined => findSendFailure(draft, parts)
      const version = new ArtifactVersion(context, { logged: { draft, aliases, tags, whenWritten, findFailure } })
      const fail = (error: unknown): void => {
        const failure = toSaveError(draft, error)
        version.fail(failure)
        failures.push(failure.message)
        typesByName.delete(draft.name)
        loggedHere.delete(draft.facts.clientId)
        parts.warn(failure.message)
      }
      if (parts.mode === 'disabled') return version
      if (parts.mode === 'local') loggedHere.set(draft.facts.clientId, draft.name)
      if (draft.isSettled) {
        try {
          write(draft, aliases, tags, role)
        } catch (error) {
          fail(error)
        }
        return version
      }
      written = draft
        .settled()
        .then(() => write(draft, aliases, tags, role))
        .catch(fail)
      const work = written
      pending.set(work, draft.name)
      void work.then(() => pending.delete(work))
      return version
    },
    async settled() {
      while (pending.size > 0) await Promise.all(pending.keys())
    },
    get unsettledNames() {
      return [...pending.values()]
    },
    get failures() {
      if (loggedHere.size === 0) return failures
      const refused = parts.files.findRefused(parts.directory)
      const here = [...loggedHere].flatMap(([clientId, name]) => {
        const reason = refused.get(clientId)
        return reason === undefined ? [] : [notTaken(name, reason)]
      })
      return [...failures, ...here]
    },
  }
}

/** What to say of artifacts whose files were still being read when the run ended. */
export function describeUnsettled(names: readonly string[]): string[] {
  return names.map((name) => `Artifact "${name}" was not logged: the run ended while its files were still being read.`)
}

/** What to say at the end of a run of artifacts that were not logged: how many, and the first by its name. */
export function describeFailed(failures: readonly string[]): string[] {
  const [first] = failures
  if (first === undefined) return []
  return [
    failures.length === 1 ? `1 artifact failed. ${first}` : `${failures.length} artifacts failed. The first: ${first}`,
  ]
}

/** Why a server did not take a draft, if the sender of this run has said so. */
function findSendFailure(draft: ArtifactDraft, parts: RunArtifactsParts): ArtifactError | undefined {
  // Other versions have the same name.
  const { clientId } = draft.facts
  if (parts.mode === 'local') {
    const reason = parts.files.findRefused(parts.directory).get(clientId)
    if (reason === undefined) return undefined
    return new ArtifactError({ code: 'artifact-save-failed', message: notTaken(draft.name, reason) })
  }
  const problem = parts.problems().findLast(({ artifactClientId }) => artifactClientId === clientId)
  if (problem === undefined) return undefined
  const { message, hint } = problem
  return new ArtifactError({ code: 'artifact-save-failed', message, ...(hint === undefined ? {} : { hint }) })
}

function notTaken(name: string, reason: string): string {
  return `Artifact "${name}" was not taken by the server: ${reason}`
}

function toSaveError(draft: ArtifactDraft, cause: unknown): ArtifactError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new ArtifactError({
    code: 'artifact-save-failed',
    message: `Artifact "${draft.name}" was not logged: ${reason}`,
    cause,
  })
}
