import type { AllTasks, PipelineType, PretrainedModelOptions } from '@huggingface/transformers'
import { MissingPackageError } from '../errors.ts'
import type { RunLike } from '../runs/run-like.ts'
import { createLoadObserver } from './load-observer.ts'
import type { ReportOptions } from './report-options.ts'
import { reportTo } from './report-to.ts'

/** A run; or, with more to say, the options of `reportTo`. */
export type ReportTarget = RunLike | ReportOptions

/** Options of transformers.js' `pipeline`, and where to report to. */
export interface PipelineOptions extends PretrainedModelOptions {
  /** Default: the active run. `'none'` reports nothing. */
  readonly reportTo?: ReportTarget | 'none' | undefined
}

/**
 * The `pipeline` of transformers.js, whose pipelines report what they do. In addition to `reportTo(await pipeline(…))` it
 * knows the model's name, how long it took to load, and the sizes of its files.
 *
 * @throws MissingPackageError when `@huggingface/transformers` is not installed; else what its `pipeline` throws.
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
  const loading = createLoadObserver(options.progress_callback)
  const pipe = await transformers.pipeline(task, model, {
    ...pipelineOptions,
    progress_callback: loading.progressCallback,
  })
  const load = loading.load()
  const given = toReportOptions(target)
  return reportTo(pipe, { modelName: load.modelName ?? model, env: transformers.env, load, ...given })
}

function toReportOptions(target: ReportTarget | undefined): ReportOptions {
  if (target === undefined) return {}
  return isRun(target) ? { run: target } : target
}

function isRun(target: ReportTarget): target is RunLike {
  return 'log' in target && typeof target.log === 'function'
}

async function importTransformers() {
  try {
    return await import('@huggingface/transformers')
  } catch (cause) {
    throw new MissingPackageError('@huggingface/transformers', 'pipeline', cause)
  }
}
