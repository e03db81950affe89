import { activeRun } from '@lossline/core'
import { checkOptions, createProblemReporter, type OptionNames } from '@lossline/core/adapter'
import { OnnxModelFileError, OnnxOptionError } from '../errors.ts'
import { describeModel } from '../model/describe-model.ts'
import { logModelFile, type ModelRole, type ModelSource } from '../model/log-model-file.ts'
import type { ModelMetadata } from '../model/model-metadata.ts'
import { toPath } from '../model/node/model-file.ts'
import { readModelMetadata } from '../model/read-model-metadata.ts'
import type { OnnxRuntimeLike, SessionLike } from '../onnx-like.ts'
import type { OnnxProblemCode } from '../problems.ts'
import { openSessionProfile } from '../profile/session-profile.ts'
import type { FileRun } from '../run-like.ts'
import { rememberFacts } from './describe-session.ts'
import { parseTrackOptions, type TrackSessionOptions, trackOptionNames } from './track-options.ts'
import { trackSession } from './track-session.ts'

/** How a session is opened, and what is logged of it. */
export interface OpenTrackedSessionOptions extends TrackSessionOptions {
  /** Default: the active run when the session is opened, and then at each call. */
  readonly run?: FileRun | undefined
  /** Options of `InferenceSession.create`, such as `{ executionProviders: ['cuda', 'cpu'] }`. */
  readonly sessionOptions?: object | undefined
  /**
   * As what the model's file is logged, with its files of weights: as an artifact that the run takes as `'input'` or makes as
   * `'output'`; `false`: not at all, as for a file that comes from an artifact. Default `'input'`.
   */
  readonly logModel?: ModelRole | false | undefined
  /** Name of that artifact. Default: the file's name without its ending. */
  readonly modelName?: string | undefined
  /** Names of its version beside `latest`. Default: none. */
  readonly aliases?: readonly string[] | undefined
  /**
   * Whether ONNX Runtime measures each operator, which slows it down. `release`, `endProfiling`, or the end of the run logs what
   * it measured, as `logProfile` does. Not with onnxruntime-web, which writes no file. Default `false`.
   */
  readonly profile?: boolean | undefined
}

const optionNames: OptionNames<OpenTrackedSessionOptions> = {
  ...trackOptionNames,
  sessionOptions: true,
  logModel: true,
  modelName: true,
  aliases: true,
  profile: true,
}

/**
 * Opens a session, logs the model's file, what it says about itself and how the session was opened, and tracks it as
 * {@link trackSession} does.
 *
 * @param ort - The module `onnxruntime-node` or `onnxruntime-web`.
 * @param model - Path, `file:` address or bytes of the model.
 * @returns what `ort.InferenceSession.create` returns.
 * @throws OnnxModelFileError where the session cannot be created because of the file; what `create` throws for other reasons;
 *   OnnxOptionError, InvalidOptionError for options that cannot be.
 * @example const session = await openTrackedSession(ort, 'digits.onnx', { run, profile: true })
 */
export async function openTrackedSession<Session extends SessionLike>(
  ort: OnnxRuntimeLike<Session>,
  model: string | URL | Uint8Array,
  options: OpenTrackedSessionOptions = {},
): Promise<Session> {
  checkOptions('openTrackedSession', options, optionNames)
  const { sessionOptions = {}, logModel = 'input', modelName, aliases = [], profile = false, ...trackOptions } = options
  const { name, warmUpRuns } = parseTrackOptions(trackOptions)
  checkOwnOptions(ort, { logModel, profile, sessionOptions })
  const report = createProblemReporter<OnnxProblemCode>(options.onProblem)
  // One that finishes meanwhile is no run to report to.
  const run: FileRun | undefined = options.run ?? activeRun()
  const source: ModelSource = model instanceof Uint8Array ? { bytes: model } : { path: toPath(model) }
  const profiling = profile && run !== undefined ? openSessionProfile(run, { name, warmUpRuns, report }) : undefined

  const startedAtMs = performance.now()
  const creating = create(ort, source, { ...sessionOptions, ...profiling?.sessionOptions })
  const { session, metadata } = await creating.catch((error: unknown) => {
    profiling?.discard()
    throw error
  })
  rememberFacts(session, {
    ...(metadata === undefined ? {} : { model: describeModel(metadata) }),
    ...(source.path === undefined ? {} : { modelPath: source.path }),
    sessionOptions,
    ...(ort.env?.versions === undefined ? {} : { versions: { ...ort.env.versions } }),
    loadMs: performance.now() - startedAtMs,
  })
  if (run !== undefined && logModel !== false) {
    await logModelFile(source, { run, role: logModel, name: modelName, aliases, metadata, report })
  }
  profiling?.watch(session)
  return trackSession(session, trackOptions)
}

/** @throws OnnxModelFileError or the error of `create`, whichever says more. */
async function create<Session extends SessionLike>(
  ort: OnnxRuntimeLike<Session>,
  { path, bytes }: ModelSource,
  sessionOptions: object,
): Promise<{ session: Session; metadata: ModelMetadata | undefined }> {
  const metadata = await readModelMetadata(path ?? bytes ?? new Uint8Array()).catch((error: unknown) => error)
  try {
    const session = await ort.InferenceSession.create(path ?? bytes, sessionOptions)
    // Formats of ONNX Runtime's own say nothing about themselves.
    return { session, metadata: metadata instanceof Error ? undefined : (metadata as ModelMetadata) }
  } catch (cause) {
    if (!(metadata instanceof OnnxModelFileError)) throw cause
    const { message, hint } = metadata
    throw new OnnxModelFileError({ message, hint: hint ?? '', cause })
  }
}

function checkOwnOptions(
  ort: OnnxRuntimeLike,
  { logModel, profile, sessionOptions }: Pick<OpenTrackedSessionOptions, 'logModel' | 'profile' | 'sessionOptions'>,
): void {
  if (typeof ort?.InferenceSession?.create !== 'function') {
    throw new OnnxOptionError('The first argument is no ONNX Runtime.', "Pass import * as ort from 'onnxruntime-node'.")
  }
  if (logModel !== false && logModel !== 'input' && logModel !== 'output') {
    throw new OnnxOptionError(`The option logModel is ${String(logModel)}.`, "Pass 'input', 'output' or false.")
  }
  if (profile === true && sessionOptions !== undefined && 'enableProfiling' in sessionOptions) {
    throw new OnnxOptionError(
      'The option profile and enableProfiling of sessionOptions are both given.',
      'Leave out one: with enableProfiling the file is yours, and logProfile logs it.',
    )
  }
}
