import { activeRun } from '@lossline/core'
import { createProblemReporter, type Shadowing, shadowMethod } from '@lossline/core/adapter'
import { TransformersOptionError } from '../errors.ts'
import { type ModelFiles, readModelFiles } from '../node/model-files.ts'
import { guard, type ReportProblem, type TransformersProblemCode } from '../problems.ts'
import type { RunLike } from '../runs/run-like.ts'
import type { PipelineLike } from '../transformers-like.ts'
import { createCallObserver, type ObservedCall } from './call-observer.ts'
import { describeModelFiles, describePipeline } from './describe-pipeline.ts'
import { type ParsedReportOptions, parseReportOptions, type ReportOptions } from './report-options.ts'
import { createRunReport, type RunReport } from './run-report.ts'
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
  if (reports.has(pipe)) {
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
  const runReports = new Map<RunLike, RunReport>()
  const observer = createCallObserver(pipe, options, report)
  const tokens = createTokenCounter(taskTraitsOf(pipe.task).tokenizesAtOnce ? pipe.tokenizer : undefined)

  const modelFiles = readFilesOf(options, report)

  const reportForNextCall = (): RunReport | undefined => {
    const run: RunLike | undefined = options.run ?? activeRun()
    if (run === undefined || run.isFinished) {
      report(noRun)
      return undefined
    }
    for (const known of runReports.keys()) if (known.isFinished) runReports.delete(known)
    const { modelName = options.load?.modelName, env, load } = options
    const known = runReports.get(run)
    if (known !== undefined) return known
    const facts = describePipeline(pipe, { modelName, env, load })
    const started = createRunReport(run, options.name ?? pipe.task, facts, options, report)
    runReports.set(run, started)
    void modelFiles.then((files) => {
      if (files !== undefined && !run.isFinished) guard(report, () => started.describe(describeModelFiles(files)))
    })
    return started
  }
  const begin = (args: readonly unknown[]): ObservedCall | undefined =>
    guard(report, () => {
      const runReport = reportForNextCall()
      return runReport === undefined ? undefined : observer.begin(args, runReport)
    })

  const shadowing: Shadowing | undefined = shadowMethod(pipe, '_call', 'transformers', (original) => {
    return function (...args) {
      const call = begin(args)
      if (call === undefined) return Reflect.apply(original, this, args)
      const succeed = <Output>(output: Output): Output => {
        guard(report, () => call.succeed(output))
        return output
      }
      const fail = (error: unknown): never => {
        guard(report, () => call.fail(error))
        throw error
      }
      let result: unknown
      try {
        const started = tokens.during(() => Reflect.apply(original, this, call.args as never[]))
        call.inputTokens = started.tokenCount
        result = started.result
      } catch (error) {
        return fail(error)
      }
      return isPromise(result) ? result.then(succeed, fail) : succeed(result)
    }
  })
  if (shadowing === undefined) {
    tokens.undo()
    return undefined
  }
  const handle: PipelineReport = {
    modelFiles,
    flush() {
      for (const runReport of runReports.values()) runReport.flush()
    },
    undo() {
      shadowing.undo()
      tokens.undo()
      for (const runReport of runReports.values()) runReport.end()
      runReports.clear()
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

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
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

const noRun = {
  code: 'transformers-no-run',
  message: 'No run is active, so calls of this pipeline are not logged.',
  hint: 'Call await init() before them, or pass the run: reportTo(pipe, { run }).',
} as const
