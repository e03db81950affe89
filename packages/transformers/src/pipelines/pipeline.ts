import type { AllTasks, PipelineType, PretrainedModelOptions } from '@huggingface/transformers'
import { activeRun } from '@lossline/core'
import { MissingPackageError, TransformersOptionError } from '../errors.ts'
import { findModelFolder, modelFolderCandidates } from '../node/model-files.ts'
import { activeOrNewRun } from '../runs/active-or-new-run.ts'
import type { ModelRun, RunLike } from '../runs/run-like.ts'
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
 * @throws MissingPackageError when `@huggingface/transformers` is not installed; TransformersOptionError when the model is to
 *   be logged and has no folder on this machine, or there is no run for it; else what transformers.js throws.
 * @example const classify = await pipeline('text-classification', 'org/model', { reportTo: run })
 */
export async function pipeline<Task extends PipelineType>(
  task: Task,
  model?: string,
  options: PipelineOptions = {},
): Promise<AllTasks[Task]> {
  const { reportTo: target, ...pipelineOptions } = options
  const transformers = await importTransformers()
  if (target === 'none') return transformers.pipeline(task, model, pipelineOptions)
  const { logModel: modelToLog, ...reportOptions } = await toReportOptions(target)
  const loading = createLoadObserver(options.progress_callback)
  const pipe = await transformers.pipeline(task, model, {
    ...pipelineOptions,
    progress_callback: loading.progressCallback,
  })
  const { env } = transformers
  const load = loading.load()
  const modelName = load.modelName ?? model
  const modelFolder = await findFolder(modelName, options.cache_dir ?? env.cacheDir, env.localModelPath)
  if (modelToLog)
    await logFolder(modelFolder, modelName, load, modelToLog === true ? {} : modelToLog, reportOptions.run)
  return reportTo(pipe, { modelName, modelFolder, env, load, ...reportOptions })
}

async function findFolder(modelName: string | undefined, cacheDir: string | null, localModelPath: string) {
  if (modelName === undefined) return undefined
  return findModelFolder(modelFolderCandidates(modelName, { localModelPath, cacheDir: cacheDir ?? undefined }))
}

async function logFolder(
  folder: string | undefined,
  modelName: string | undefined,
  { loadMs }: ModelLoad,
  options: { readonly name?: string; readonly aliases?: readonly string[] },
  givenRun: RunLike | undefined,
): Promise<void> {
  const run = givenRun ?? activeRun()
  if (run === undefined || !isModelRun(run)) {
    throw new TransformersOptionError(
      'There is no run that logModel could log to.',
      'Call await init() before pipeline().',
    )
  }
  if (folder === undefined) {
    throw new TransformersOptionError(
      `logModel: no folder of this machine holds the files of "${modelName}".`,
      'Set env.localModelPath, or log the folder yourself with logModel(folder, { run }).',
    )
  }
  await logModel(folder, { run, ...options, metadata: { model: modelName, load_ms: loadMs } })
}

async function toReportOptions(
  target: Exclude<PipelineReportTarget, 'none'> | undefined,
): Promise<PipelineReportOptions> {
  if (target === undefined) return {}
  if (target === 'lossline') return { run: await activeOrNewRun() }
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
