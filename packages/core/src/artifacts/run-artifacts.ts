import type { JournalProblem } from '@lossline/journal'
import { makeArtifactNameSafe, parseArtifactName, type WandbRecordBody } from '@lossline/protocol'
import { checkOptions } from '../options/check-options.ts'
import type { Run } from '../run/run.ts'
import type { RunConnection } from '../run/run-connection.ts'
import type { RunFacts } from '../run/run-records.ts'
import type { Mode } from '../settings/settings.ts'
import { describeValue } from '../values/describe-value.ts'
import { ArtifactDraft } from './artifact-draft.ts'
import type { ArtifactFiles } from './artifact-files.ts'
import { invalid } from './artifact-options.ts'
import { ArtifactVersion } from './artifact-version.ts'
import { checkText } from './check-arguments.ts'
import { createCodeDraft } from './code-draft.ts'
import { targetOfRun } from './draft-target.ts'
import { linkOptionNames, parseLinkTarget } from './link-version.ts'
import { createDraftLog } from './log-draft.ts'
import {
  type DistributedArtifactOptions,
  distributedOptionNames,
  type LogArtifactOptions,
  logArtifactOptionNames,
} from './log-options.ts'
import { isModelType, type ModelOptions, modelOptionNames, onlyFileOf } from './models.ts'
import { type UseArtifactOptions, useArtifact, useArtifactOptionNames } from './use-artifact.ts'
import type { VersionContext } from './version-context.ts'
import { waitOptionNames } from './wait-for-version.ts'

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
  /** What has gone wrong with the run so far. */
  problems(): readonly JournalProblem[]
  warn(line: string): void
}

/** The artifacts of one run. */
export interface RunArtifacts
  extends Pick<
    Run,
    | 'logArtifact'
    | 'upsertArtifact'
    | 'finishArtifact'
    | 'useArtifact'
    | 'linkArtifact'
    | 'logModel'
    | 'useModel'
    | 'linkModel'
    | 'logCode'
  > {
  /** Takes an artifact as input, and calls back when it is known which one; the end of the run waits for that. */
  useForConfig(artifact: ArtifactDraft | ArtifactVersion, onKnown: (version: ArtifactVersion) => void): Promise<void>
  /** Resolves when all artifacts that were being put together are in the journal, or have failed. Never rejects. */
  written(): Promise<void>
  /** The same, and all that were being used, for which a server is asked. */
  settled(): Promise<void>
  /** Waits no longer for the server to say what the config's artifacts are. */
  giveUpConfig(reason: Error): void
  /** Names of artifacts that are still being put together. */
  readonly unsettledNames: readonly string[]
  /** Why artifacts were not logged, one message for each. */
  readonly failures: readonly string[]
}

const modelRegistry = 'model-registry'

export function createRunArtifacts(parts: RunArtifactsParts): RunArtifacts {
  const { files } = parts
  const target = targetOfRun(parts, files)
  const context: VersionContext = {
    files,
    isDisabled: parts.mode === 'disabled',
    dataDirectory: parts.mode === 'local' ? files.dataDirectoryOf(parts.directory) : undefined,
    indexDirectory: parts.mode === 'disabled' ? undefined : files.dataDirectoryOf(parts.directory),
    connect: (call) => parts.connection.connect(call),
    defaults: () => ({ entity: parts.facts().entity, project: parts.facts().project }),
    warn: parts.warn,
  }
  const log = createDraftLog(parts, context)
  /** Uses that are being noted. */
  const using = new Set<Promise<unknown>>()
  const configWait = new AbortController()

  function use(artifact: ArtifactVersion | string, options: UseArtifactOptions): Promise<ArtifactVersion> {
    return whileUsing(useArtifact(artifact, options, { context, run: parts }))
  }

  async function whileUsing<Result>(work: Promise<Result>): Promise<Result> {
    using.add(work)
    try {
      return await work
    } finally {
      using.delete(work)
    }
  }

  /** The draft that is meant: itself, or one that takes in a path or address. */
  function toDraft(
    artifact: ArtifactDraft | string,
    { name, type = 'unspecified' }: LogArtifactOptions,
  ): ArtifactDraft {
    if (artifact instanceof ArtifactDraft) return artifact
    if (typeof artifact !== 'string' || artifact === '') {
      throw invalid(
        `An artifact is logged by itself, or by the path of a file or folder, not ${describeValue(artifact)}.`,
        "Pass new Artifact('digits-cnn', 'model'), or a path.",
      )
    }
    const nameDefault = makeArtifactNameSafe(`run-${parts.facts().id}-${files.baseName(artifact)}`)
    const draft = new ArtifactDraft(name ?? nameDefault, type, {}, files, { target })
    // Nothing is kept in disabled mode, and nothing is read for it.
    if (parts.mode !== 'disabled') draft.takeIn(artifact)
    return draft
  }

  function distributedIdOf({ distributedId = parts.facts().group }: DistributedArtifactOptions): string {
    if (distributedId !== undefined && distributedId !== '') return distributedId
    throw invalid(
      'A version that several runs make together needs an id that they share.',
      'Pass distributedId, or start the runs with the same group.',
    )
  }

  /** Looked at first, so that a mode that asks no server logs nothing either. */
  async function askable(call: string): Promise<void> {
    if (parts.mode !== 'disabled') await parts.connection.connect(call)
  }

  function logArtifact(artifact: ArtifactDraft | string, options: LogArtifactOptions = {}): ArtifactVersion {
    return log.append(toDraft(artifact, options), options, { isFinal: true })
  }

  function logModel(path: string, options: ModelOptions = {}): ArtifactVersion {
    return logArtifact(path, { ...options, type: 'model' })
  }

  return {
    logArtifact(artifact, options) {
      checkOptions('logArtifact', options, logArtifactOptionNames)
      return logArtifact(artifact, options)
    },
    upsertArtifact(artifact, options = {}) {
      checkOptions('upsertArtifact', options, distributedOptionNames)
      return log.append(toDraft(artifact, options), options, {
        isFinal: false,
        distributedId: distributedIdOf(options),
      })
    },
    finishArtifact(artifact, options = {}) {
      checkOptions('finishArtifact', options, distributedOptionNames)
      return log.append(toDraft(artifact, options), options, { isFinal: true, distributedId: distributedIdOf(options) })
    },
    async useArtifact(artifact, options = {}) {
      checkOptions('useArtifact', options, useArtifactOptionNames)
      if (!(artifact instanceof ArtifactDraft)) {
        if (!(artifact instanceof ArtifactVersion)) checkText('useArtifact', 'artifact', artifact)
        return use(artifact, options)
      }
      return log.append(artifact, {}, { isFinal: true, isInput: true })
    },
    useForConfig: (artifact, onKnown) =>
      whileUsing(
        (async () => {
          const { signal } = configWait
          const known =
            artifact instanceof ArtifactDraft
              ? log.append(artifact, {}, { isFinal: true, isInput: true }).wait({ signal })
              : useArtifact(artifact, {}, { context, run: parts })
          onKnown(await orUntilAborted(known, signal))
        })(),
      ),
    async linkArtifact(artifact, target, options) {
      checkText('linkArtifact', 'target', target)
      checkOptions('linkArtifact', options, linkOptionNames)
      if (!(artifact instanceof ArtifactDraft) && !(artifact instanceof ArtifactVersion)) {
        throw invalid(
          `A version or a draft is linked, not ${describeValue(artifact)}.`,
          'Pass what logArtifact or useArtifact returns.',
        )
      }
      parseLinkTarget(target)
      await askable('linkArtifact')
      const version = artifact instanceof ArtifactDraft ? logArtifact(artifact) : artifact
      return version.link(target, options)
    },
    logModel(path, options) {
      checkText('logModel', 'path', path)
      checkOptions('logModel', options, modelOptionNames)
      return logModel(path, options)
    },
    async useModel(name) {
      checkText('useModel', 'name', name)
      const version = await use(name, {})
      if (!isModelType(version.type)) {
        throw invalid(`"${version.qualifiedName}" is of the type "${version.type}", and no model.`, 'Use useArtifact.')
      }
      return onlyFileOf(await version.download(), await version.entries(), files)
    },
    async linkModel(path, registeredName, options = {}) {
      checkText('linkModel', 'path', path)
      checkText('linkModel', 'registeredName', registeredName)
      checkOptions('linkModel', options, { ...modelOptionNames, ...waitOptionNames })
      parseArtifactName(registeredName)
      await askable('linkModel')
      const { name, aliases, ...waiting } = options
      return logModel(path, { name, aliases }).link(`${modelRegistry}/${registeredName}`, { aliases, ...waiting })
    },
    async logCode(root, options) {
      if (parts.mode === 'disabled') return undefined
      const draft = await createCodeDraft(root, options, { files, target, project: parts.facts().project })
      return draft === undefined ? undefined : log.append(draft, {}, { isFinal: true })
    },
    written: () => log.settled(),
    giveUpConfig: (reason) => configWait.abort(reason),
    async settled() {
      await Promise.allSettled([...using])
      await log.settled()
    },
    get unsettledNames() {
      return log.unsettledNames
    },
    get failures() {
      return log.failures
    },
  }
}

/** What a promise gives, or the signal's reason when that comes first. */
async function orUntilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let onAbort = (): void => {}
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason)
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
