import { Artifact } from '@lossline/core'
import type { RunLike } from '@lossline/core/adapter'
import { type FileContents, readFolder } from '../node/checkpoint-files.ts'
import { guard, type ReportProblem, toFailure } from '../problems.ts'
import type { ModelRun } from '../runs/run-like.ts'
import type { TrainerCallback, TrainerContext } from './trainer-callback.ts'
import { toWireArguments } from './training-arguments.ts'

// Totals of the whole training: one number each, and no points of a chart.
const summaryOnly = new Set([
  'train_runtime',
  'train_samples_per_second',
  'train_steps_per_second',
  'train_loss',
  'total_flos',
])

/**
 * Logs a training to a run under the keys of Hugging Face's callback for W&B: `eval_x` becomes `eval/x`, `test_x` `test/x`,
 * anything else `train/x`, each row with `train/global_step`, which is the x axis of all. Totals go to the summary. It throws
 * nothing into the training.
 */
export function createReportCallback(run: RunLike, report: ReportProblem): TrainerCallback {
  let isSetUp = false
  const setUp = ({ args, model }: TrainerContext): void => {
    if (isSetUp) return
    isSetUp = true
    run.defineMetric('train/global_step')
    run.defineMetric('*', { stepMetric: 'train/global_step' })
    const config = { model: model.config, 'model/num_parameters': model.parameterCount, ...toWireArguments(args) }
    run.config.update(config, { allowValChange: true })
  }
  const act = (context: TrainerContext, log: () => void): void => {
    if (run.isFinished) return
    guard(report, () => {
      setUp(context)
      log()
    })
  }
  return {
    onTrainBegin(context) {
      act(context, () => {})
    },
    onLog(context) {
      act(context, () => {
        const entries = Object.entries(context.logs)
        const totals = entries.filter(([name]) => summaryOnly.has(name))
        if (totals.length > 0) run.summary.update(Object.fromEntries(totals))
        const row = toRunKeys(entries.filter(([name]) => !summaryOnly.has(name)))
        run.log({ ...row, 'train/global_step': context.state.globalStep })
      })
    },
    onPredict(context) {
      act(context, () => run.log(toRunKeys(Object.entries(context.metrics))))
    },
    async onSave({ args, state, checkpoint }) {
      if (args.logModel !== 'checkpoint') return
      await logModelFiles(run, report, async () => ({
        files: await readFolder(checkpoint),
        metadata: { step: state.globalStep, epoch: state.epoch, ...state.logHistory.at(-1) },
        aliases: [`epoch_${round(state.epoch)}`, `checkpoint_global_step_${state.globalStep}`],
      }))
    },
    async onTrainEnd({ args, state, model }) {
      if (args.logModel === false) return
      await logModelFiles(run, report, async () => ({
        files: await model.toFiles(),
        metadata: Object.assign({}, ...state.logHistory),
        aliases: ['final_model'],
      }))
    },
  }
}

/** `eval_loss` → `eval/loss`, `test_loss` → `test/loss`, `loss` → `train/loss`. */
function toRunKeys(entries: readonly (readonly [string, number])[]): Record<string, number> {
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const split = ['eval', 'test'].find((prefix) => name.startsWith(`${prefix}_`))
      return [split === undefined ? `train/${name}` : `${split}/${name.slice(split.length + 1)}`, value]
    }),
  )
}

interface ModelVersion {
  readonly files: FileContents
  readonly metadata: Readonly<Record<string, unknown>>
  readonly aliases: readonly string[]
}

async function logModelFiles(run: RunLike, report: ReportProblem, make: () => Promise<ModelVersion>): Promise<void> {
  try {
    if (run.isFinished || !isModelRun(run)) return
    const { files, metadata, aliases } = await make()
    const artifact = new Artifact(`model-${run.id}`, 'model', { metadata })
    for (const [name, content] of Object.entries(files)) await artifact.addBuffer(content, name)
    run.logArtifact(artifact, { aliases })
  } catch (cause) {
    report(toFailure(cause))
  }
}

function isModelRun(run: RunLike): run is ModelRun & { readonly id: string } {
  return 'logArtifact' in run && 'id' in run
}

function round(epoch: number): number {
  return Number(epoch.toFixed(2))
}
