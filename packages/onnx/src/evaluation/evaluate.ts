import { activeRun, type Run } from '@lossline/core'
import { createYielder } from '@lossline/core/adapter'
import { EvaluationLogger, type EvaluationResult, type EvaluationRow } from '@lossline/evaluation'
import { OnnxOptionError } from '../errors.ts'
import { createMemoryPeak } from '../memory-peak.ts'
import type { SessionLike } from '../onnx-like.ts'
import { describeSession } from '../sessions/describe-session.ts'
import { chooseBatchSize, findBatchAxis } from '../tensors/batch-axis.ts'
import { disposeOutputs, readOutputs } from '../tensors/split-outputs.ts'
import { decodeExample } from './decode-example.ts'
import { checkEvaluateOptions, columnsOf, type EvaluateOptions } from './evaluate-options.ts'
import { createProgressTeller } from './progress-teller.ts'
import { type Batch, readBatches } from './read-batches.ts'

/** What came out of an evaluation, and what it took. */
export interface SessionEvaluation<Details = unknown> extends EvaluationResult<Details> {
  /** Examples of a call. */
  readonly batchSize: number
  /** The most memory that the process held meanwhile (resident set size); `undefined` where there is no process. */
  readonly memoryPeakBytes: number | undefined
}

/**
 * Evaluates a session on examples with the `EvaluationLogger` of `@lossline/evaluation`: metrics with intervals, confusion matrix and
 * curves, tables of all, of the worst and of the surest wrong rows, latencies, a comparison with an earlier evaluation. Other work
 * of the process has its turn at least every 50 ms, as far as single calls of the session are shorter.
 *
 * @returns the evaluation; it is logged to the run under `<name>/…` too, if there is one.
 * @throws OnnxOptionError, InvalidOptionError for options that cannot be; OnnxTensorError for tensors that cannot be read or put into
 *   a batch; EvaluationError for rows that are none of the task; what the session, `data`, `feeds` and `decode` throw; the
 *   signal's reason. Nothing is logged then.
 * @example
 * const { metrics } = await evaluate({
 *   session,
 *   data: examples,
 *   feeds: ({ pixels }) => ({ image: new ort.Tensor('float32', pixels, [1, 1, 8, 8]) }),
 *   decode: ({ logits }, { label }) => ({ label, scores: logits.numbers }),
 *   task: classification({ labels, scores: 'logits' }),
 *   run,
 * })
 */
export async function evaluate<Example, Row extends EvaluationRow, Details>(
  options: EvaluateOptions<Example, Row, Details>,
): Promise<SessionEvaluation<Details>> {
  checkEvaluateOptions(options)
  const { session, data, feeds, decode, id, inputs, columns, ...others } = options
  const { batchSize, warmUpRuns = 2, limit, signal, onProgress, ...loggerOptions } = others
  signal?.throwIfAborted()
  const axis = findBatchAxis(session)
  const size = chooseBatchSize(axis, batchSize)
  const evaluation = new EvaluationLogger<Row, Details>(loggerOptions)
  const memory = createMemoryPeak()
  const progress = createProgressTeller({ data, limit, onProgress })
  const pause = createYielder()
  const batches = readBatches({
    data,
    feeds,
    limit: limit ?? Number.POSITIVE_INFINITY,
    size,
    mustBeFull: axis.fixedSize !== undefined,
    sharedInputs: axis.sharedInputs,
    pause,
  })

  let hasWarmedUp = false
  for await (const batch of batches) {
    if (!hasWarmedUp) await warmUp(session, batch, warmUpRuns, signal)
    hasWarmedUp = true
    signal?.throwIfAborted()
    const startedAtMs = performance.now()
    const outputs = await readOutputs(await session.run(batch.feeds), batch.rowCount)
    const latencyMs = (performance.now() - startedAtMs) / batch.examples.length
    memory.look()
    for (const [index, example] of batch.examples.entries()) {
      const row = {
        ...(await decodeExample(decode, outputs.ofExample(index), example)),
        id: id?.(example),
        inputs: columnsOf(inputs, example),
        columns: columnsOf(columns, example),
        latencyMs,
      }
      // A row of the task is what is decoded and these.
      evaluation.log(row as unknown as Row)
      await pause()
    }
    progress.tell(evaluation.rowCount)
  }
  if (evaluation.rowCount === 0) throw new OnnxOptionError('There are no examples.', 'Pass at least one as data.')
  progress.end(evaluation.rowCount)
  // As the evaluation does when it finishes.
  const run = options.run ?? activeRun()
  const result = await evaluation.finish()
  const evaluated = { ...result, batchSize: size, memoryPeakBytes: memory.bytes }
  if (run !== undefined && !run.isFinished) describeEvaluation(run, session, evaluated)
  return evaluated
}

function describeEvaluation(run: Run, session: SessionLike, evaluated: SessionEvaluation): void {
  const { name, batchSize, memoryPeakBytes } = evaluated
  run.config.update({ evaluations: { [name]: { ...describeSession(session), batchSize } } }, { allowValChange: true })
  if (memoryPeakBytes !== undefined) run.summary.update({ [`${name}/memory_peak_bytes`]: memoryPeakBytes })
}

async function warmUp(
  session: SessionLike,
  { feeds }: Batch<unknown>,
  runCount: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let count = 0; count < runCount; count += 1) {
    signal?.throwIfAborted()
    disposeOutputs(await session.run(feeds))
  }
}
