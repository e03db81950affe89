import { TransformersOptionError } from '../errors.ts'
import { checkpointPath, listCheckpoints, readFolder, removeFolder, writeFolder } from '../node/checkpoint-files.ts'
import { fromHeadFiles, loadOptimizerFiles, textOf, toHeadFiles, toOptimizerFiles } from './head-files.ts'
import type { TrainerState } from './trainer-state.ts'
import { toWireArguments } from './training-arguments.ts'
import { fire, type TrainingSession } from './training-session.ts'
import { toCamelCase, toSnakeCase } from './wire-names.ts'

/** Saves a checkpoint: the head, the optimizer, where the training is, and its arguments. Older ones make room. */
export async function saveCheckpoint(session: TrainingSession): Promise<string> {
  const { args, state, head, config, callbacks } = session
  const checkpoint = checkpointPath(args.outputDir, state.globalStep)
  const steps = new Set([...(await listCheckpoints(args.outputDir)), state.globalStep])
  if (state.bestGlobalStep !== undefined && steps.has(state.bestGlobalStep)) {
    state.bestModelCheckpoint = checkpointPath(args.outputDir, state.bestGlobalStep)
  }
  state.callbackStates = callbacks.saveStates()
  await writeFolder(checkpoint, {
    ...(await toHeadFiles(head.model, config)),
    ...(await toOptimizerFiles(head.optimizer)),
    'trainer_state.json': JSON.stringify(toWireState(state), undefined, 2),
    'training_args.json': JSON.stringify(toWireArguments(args), undefined, 2),
  })
  await removeOldCheckpoints(
    session,
    [...steps].sort((one, other) => one - other),
  )
  await fire(session, 'onSave', { checkpoint })
  return checkpoint
}

/** Goes back to a checkpoint: `true` for the newest one of the output folder. @throws TransformersOptionError when there is none. */
export async function loadCheckpoint(session: TrainingSession, from: true | string): Promise<void> {
  const checkpoint = from === true ? await newestCheckpoint(session.args.outputDir) : from
  if (checkpoint === undefined) {
    throw new TransformersOptionError(
      `There is no checkpoint in "${session.args.outputDir}" to go on from.`,
      'Leave resumeFromCheckpoint out the first time, or set outputDir to that of the training before.',
    )
  }
  const files = await readFolder(checkpoint).catch(() => ({}))
  if (!('trainer_state.json' in files)) {
    throw new TransformersOptionError(`There is no checkpoint in "${checkpoint}".`, 'Pass a folder checkpoint-<step>.')
  }
  await loadHead(session, checkpoint)
  await loadOptimizerFiles(session.tf, session.head.optimizer, files)
  const { loggingSteps, evalSteps, saveSteps, trainBatchSize } = session.state
  const saved = fromWireState(JSON.parse(textOf(files, 'trainer_state.json')))
  // How often something happens is what the arguments of this training say.
  Object.assign(session.state, saved, { loggingSteps, evalSteps, saveSteps, trainBatchSize })
  session.callbacks.loadStates(session.state.callbackStates)
}

/** Gives the head the weights of a checkpoint. */
export async function loadHead({ tf, head, config }: TrainingSession, checkpoint: string): Promise<void> {
  const { model, config: saved } = await fromHeadFiles(tf, await readFolder(checkpoint))
  if (JSON.stringify(saved) !== JSON.stringify(config)) {
    model.dispose()
    throw new TransformersOptionError(
      `The checkpoint "${checkpoint}" is of another head: ${JSON.stringify(saved)}.`,
      'Go on with the same labels, hidden sizes and embeddings.',
    )
  }
  head.model.setWeights(model.getWeights())
  model.dispose()
}

async function newestCheckpoint(outputDir: string): Promise<string | undefined> {
  const newest = (await listCheckpoints(outputDir)).at(-1)
  return newest === undefined ? undefined : checkpointPath(outputDir, newest)
}

/** The best checkpoint stays, and so does the newest, from which a training goes on. */
async function removeOldCheckpoints({ args, state }: TrainingSession, steps: readonly number[]): Promise<void> {
  const limit = args.saveTotalLimit
  if (limit === undefined || limit < 1) return
  const isKept = (step: number) => step === state.globalStep || step === state.bestGlobalStep
  const removable = steps.filter((step) => !isKept(step))
  const excess = Math.max(0, steps.length - limit)
  for (const step of removable.slice(0, excess)) await removeFolder(checkpointPath(args.outputDir, step))
}

/** As `trainer_state.json` of Hugging Face's Trainer names it. */
function toWireState(state: TrainerState): Record<string, unknown> {
  const entries = Object.entries(state).map(([name, value]) => [toSnakeCase(name), value ?? null])
  return Object.fromEntries(entries)
}

function fromWireState(wire: Readonly<Record<string, unknown>>): Partial<TrainerState> {
  const entries = Object.entries(wire).map(([name, value]) => [toCamelCase(name), value ?? undefined])
  // Our own file: it holds what toWireState wrote.
  return Object.fromEntries(entries) as Partial<TrainerState>
}
