import { createProblemReporter, isShadowed } from '@lossline/core/adapter'
import { TransformersOptionError } from '../errors.ts'
import { type ModelFiles, readModelFiles } from '../node/model-files.ts'
import { type ReportProblem, type TransformersProblemCode, toFailure } from '../problems.ts'
import type { PipelineLike } from '../transformers-like.ts'
import { createCallObserver } from './call-observer.ts'
import { callLabel, observeCalls } from './observe-calls.ts'
import { type ParsedReportOptions, parseReportOptions, type ReportOptions } from './report-options.ts'
import { createRunReports } from './run-reports.ts'
import { taskTraitsOf } from './task-traits.ts'
import { createTokenCounter } from './token-counter.ts'

/** The reporting of one pipeline. */
export interface PipelineReport extends Disposable {
  /** The files of the model, once they are read; `undefined` without the option `modelFolder`, and when they cannot be. */
  readonly modelFiles: Promise<ModelFiles | undefined>
  /** Logs the rows that wait and the totals so far; `flushReports(run)` does it for all pipelines of a run. */
  flush(): void
  /** Flushes, and makes the pipeline what it was before {@link reportTo}. Safe to call twice. */
  undo(): void
}

const reports = new WeakMap<object, PipelineReport>()

/**
 * Logs what a pipeline of transformers.js does: the time of each call, sizes, tokens and their speed, errors, and a table of
 * inputs and outputs. The pipeline is changed in place and stays what it is: the same object with the same types, results
 * and errors.
 *
 * @param pipe - What `pipeline()` gives. A second `reportTo` of the same pipeline changes nothing.
 * @returns the same pipeline.
 * @throws TransformersOptionError when it is no pipeline, or an option has a value that it cannot have.
 * @example const classify = reportTo(await pipeline('text-classification', modelName), { run, modelName })
 */
export function reportTo<Pipe extends object>(pipe: Pipe, options: ReportOptions = {}): Pipe {
  const parsed = parseReportOptions(options)
  if (!isPipeline(pipe)) throw notAPipeline()
  const report = createProblemReporter<TransformersProblemCode>(parsed.onProblem)
  // By another copy of this package too.
  if (isShadowed(pipe, '_call', callLabel)) {
    report(alreadyReported)
    return pipe
  }
  const started = startReporting(pipe, parsed, report)
  if (started !== undefined) reports.set(pipe, started)
  return pipe
}

/** The reporting that {@link reportTo} has started; `undefined` when there is none, or it was undone. */
export function reportOf(pipe: object): PipelineReport | undefined {
  return reports.get(pipe)
}

function startReporting(
  pipe: PipelineLike & object,
  options: ParsedReportOptions,
  report: ReportProblem,
): PipelineReport | undefined {
  const modelFiles = readFilesOf(options, report)
  const runReports = createRunReports(pipe, options, modelFiles, report)
  const observer = createCallObserver(pipe, options, report)
  const tokens = createTokenCounter(taskTraitsOf(pipe.task).tokenizesAtOnce ? pipe.tokenizer : undefined)
  const begin = (args: readonly unknown[]) => {
    const runReport = runReports.ofNextCall()
    return runReport === undefined ? undefined : observer.begin(args, runReport)
  }
  const shadowing = observeCalls(pipe, begin, tokens, report)
  if (shadowing === undefined) {
    tokens.undo()
    report(toFailure(new Error('the pipeline is frozen, so that its calls cannot be seen.')))
    return undefined
  }
  const handle: PipelineReport = {
    modelFiles,
    flush: runReports.flush,
    undo() {
      shadowing.undo()
      tokens.undo()
      runReports.end()
      if (reports.get(pipe) === handle) reports.delete(pipe)
    },
    [Symbol.dispose]() {
      handle.undo()
    },
  }
  return handle
}

async function readFilesOf(
  { modelFolder, load }: ParsedReportOptions,
  report: ReportProblem,
): Promise<ModelFiles | undefined> {
  if (modelFolder === undefined) return undefined
  try {
    return await readModelFiles(modelFolder, load === undefined ? undefined : Object.keys(load.fileBytes))
  } catch (cause) {
    report({
      code: 'transformers-model-files',
      message: `The files of the model in "${modelFolder}" cannot be read, and are not described: ${String(cause)}`,
      hint: 'Pass the folder that holds config.json as modelFolder.',
      cause,
    })
    return undefined
  }
}

function isPipeline(value: unknown): value is PipelineLike & object {
  return (
    (typeof value === 'function' || (typeof value === 'object' && value !== null)) &&
    'task' in value &&
    typeof value.task === 'string' &&
    '_call' in value &&
    typeof value._call === 'function'
  )
}

function notAPipeline(): TransformersOptionError {
  return new TransformersOptionError(
    'reportTo was given something that is no pipeline of transformers.js.',
    "Await it first: reportTo(await pipeline('text-classification', model)).",
  )
}

const alreadyReported = {
  code: 'transformers-already-reported',
  message: 'This pipeline reports already; the options of the second reportTo are not used.',
  hint: 'Take the first one back with reportOf(pipe).undo().',
} as const
