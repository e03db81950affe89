import type { AllTasks, PipelineType, PretrainedModelOptions } from '@huggingface/transformers'
import { activeRun } from '@lossline/core'
import { createProblemReporter, messageOf, type RunLike } from '@lossline/core/adapter'
import { MissingPackageError, TransformersOptionError } from '../errors.ts'
import { findModelFolder, modelFolderCandidates } from '../node/model-files.ts'
import type { ReportProblem, TransformersProblemCode } from '../problems.ts'
import { activeOrNewRun } from '../runs/active-or-new-run.ts'
import type { ModelRun } from '../runs/run-like.ts'
import { createLoadObserver, type ModelLoad } from './load-observer.ts'
import { logModel } from './log-model.ts'
import type { ReportOptions } from './report-options.ts'
import { reportTo } from './report-to.ts'

/** The options of `reportTo`, and what only `pipeline` can do. */
export interface PipelineReportOptions extends ReportOptions {
  /** Whether the model's folder is logged as an artifact, and under which name and aliases. Default false. */
  readonly logModel?: boolean | { readonly name?: string; readonly aliases?: readonly string[] } | undefined
}

/**
 * A run; `'lossline'`: the active run, or a new one with the settings of the environment; `'none'`; or, with more to say, the
 * options of `reportTo`.
 */
export type PipelineReportTarget = RunLike | PipelineReportOptions | 'lossline' | 'none'

/** Options of transformers.js' `pipeline`, and where to report to. */
export interface PipelineOptions extends PretrainedModelOptions {
  /** Default: the run that is active when the pipeline is called. */
  readonly reportTo?: PipelineReportTarget | undefined
}

/**
 * The `pipeline` of transformers.js, whose pipelines report what they do. In addition to `reportTo(await pipeline(…))` it
 * knows the model's name, how long it took to load, and its files.
 *
 * @throws MissingPackageError when `@huggingface/transformers` is not installed; TransformersOptionError for a `reportTo` that is
 *   none; else what transformers.js throws. Where no run can be started, or the model cannot be logged, that is told, and the
 *   pipeline works all the same.
 * @example const classify = await pipeline('text-classification', 'org/model', { reportTo: run })
 */
export async function pipeline<Task extends PipelineType>(
  task: Task,
  model?: string,
  options: PipelineOptions = {},
): Promise<AllTasks[Task]> {
  const { reportTo: target, ...pipelineOptions } = options
  if ('run' in pipelineOptions) {
    throw new TransformersOptionError('pipeline has no option run.', 'Pass { reportTo: run }.')
  }
  const transformers = await importTransformers()
  if (target === 'none') return transformers.pipeline(task, model, pipelineOptions)
  const wanted = toReportOptions(target)
  const report = createProblemReporter<TransformersProblemCode>(wanted.onProblem)
  const run = target === 'lossline' ? await activeOrNewRun(report) : wanted.run
  if (target === 'lossline' && run === undefined) return transformers.pipeline(task, model, pipelineOptions)

  const loading = createLoadObserver(options.progress_callback)
  const pipe = await transformers.pipeline(task, model, {
    ...pipelineOptions,
    progress_callback: loading.progressCallback,
  })
  const { env } = transformers
  const load = loading.load()
  const modelName = load.modelName ?? model
  const modelFolder = await findFolder(modelName, options.cache_dir ?? env.cacheDir, env.localModelPath)
  const { logModel: modelToLog = false, ...reportOptions } = wanted
  if (modelToLog !== false) {
    await logFolder({ folder: modelFolder, modelName, load }, modelToLog === true ? {} : modelToLog, run, report)
  }
  return reportTo(pipe, { modelName, modelFolder, env, load, ...reportOptions, run, onProblem: report })
}

async function findFolder(modelName: string | undefined, cacheDir: string | null, localModelPath: string) {
  if (modelName === undefined) return undefined
  return findModelFolder(modelFolderCandidates(modelName, { localModelPath, cacheDir: cacheDir ?? undefined }))
}

/** A model that was loaded. */
interface LoadedModel {
  readonly folder: string | undefined
  readonly modelName: string | undefined
  readonly load: ModelLoad
}

/** Logs the model's folder if that can be done: the pipeline is there, and works without it. */
async function logFolder(
  { folder, modelName, load }: LoadedModel,
  options: { readonly name?: string; readonly aliases?: readonly string[] },
  givenRun: RunLike | undefined,
  report: ReportProblem,
): Promise<void> {
  try {
    const run = givenRun ?? activeRun()
    if (run === undefined || !isModelRun(run)) throw new Error('there is no run that takes artifacts.')
    if (folder === undefined) throw new Error(`no folder on this machine holds "${modelName}".`)
    await logModel(folder, { run, ...options, metadata: { model: modelName, load_ms: load.loadMs } })
  } catch (cause) {
    report({
      code: 'transformers-model-files',
      message: `The model was not logged: ${messageOf(cause)}`,
      hint: 'Call await init() first; for models elsewhere set env.localModelPath, or use logModel(folder, { run }).',
      cause,
    })
  }
}

function toReportOptions(target: PipelineReportTarget | undefined): PipelineReportOptions {
  if (target === undefined || target === 'lossline') return {}
  if (typeof target !== 'object' || target === null) {
    throw new TransformersOptionError(
      `reportTo is ${String(target)}.`,
      "Pass a run, 'lossline', 'none', or the options of reportTo.",
    )
  }
  return isRun(target) ? { run: target } : target
}

function isRun(target: RunLike | PipelineReportOptions): target is RunLike {
  return 'log' in target && typeof target.log === 'function'
}

function isModelRun(run: RunLike): run is ModelRun {
  return 'logArtifact' in run && typeof run.logArtifact === 'function'
}

async function importTransformers() {
  try {
    return await import('@huggingface/transformers')
  } catch (cause) {
    throw new MissingPackageError('@huggingface/transformers', 'pipeline', cause)
  }
}
