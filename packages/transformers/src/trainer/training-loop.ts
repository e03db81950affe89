import { loadHead, saveCheckpoint } from './checkpoints.ts'
import { evaluateExamples, noteBest } from './evaluation-loop.ts'
import { toBatches } from './examples.ts'
import { planTraining, type TrainingPlan } from './training-plan.ts'
import { fire, logMetrics, speedMetrics, type TrainingSession } from './training-session.ts'

/** What a training comes to. */
export interface TrainOutput {
  readonly globalStep: number
  /** Mean loss of the updates; NaN when there was nothing left to do. */
  readonly trainingLoss: number
  /** `train_runtime`, `train_samples_per_second`, `train_steps_per_second`, `train_loss`, `epoch`. */
  readonly metrics: Readonly<Record<string, number>>
}

/** Losses and gradients since the last log, and of the whole training. */
interface Progress {
  lossSum: number
  lossCount: number
  gradientNorm: number
  totalLoss: number
  updateCount: number
}

/** Trains from where the state is to the end. */
export async function runTraining(session: TrainingSession): Promise<TrainOutput> {
  const { args, state, control, trainSet } = session
  const plan = planTraining(args, trainSet.count)
  state.maxSteps = plan.maxSteps
  state.numTrainEpochs = plan.epochCount
  const startedAtMs = session.nowMs()
  const progress: Progress = { lossSum: 0, lossCount: 0, gradientNorm: 0, totalLoss: 0, updateCount: 0 }

  await fire(session, 'onTrainBegin')
  if (args.evalOnStart && session.evalSet !== undefined) await evaluateExamples(session, session.evalSet)

  const firstEpoch = Math.floor(state.globalStep / plan.updatesPerEpoch)
  let updatesDone = state.globalStep % plan.updatesPerEpoch
  for (let epoch = firstEpoch; epoch < plan.epochCount && state.globalStep < plan.maxSteps; epoch += 1) {
    await fire(session, 'onEpochBegin')
    const updates = toUpdates(session, epoch)
    for (const [index, batches] of updates.entries()) {
      // A training that goes on has seen these already.
      if (index < updatesDone) continue
      await trainUpdate(session, plan, batches, progress)
      state.epoch = epoch + (index + 1) / updates.length
      await fire(session, 'onStepEnd')
      await logEvaluateSave(session, plan, progress)
      if (control.shouldEpochStop || control.shouldTrainingStop) break
    }
    updatesDone = 0
    await fire(session, 'onEpochEnd')
    await logEvaluateSave(session, plan, progress)
    if (control.shouldTrainingStop) break
  }

  if (args.loadBestModelAtEnd && state.bestModelCheckpoint !== undefined) {
    await loadHead(session, state.bestModelCheckpoint)
  }
  const seconds = (session.nowMs() - startedAtMs) / 1000
  const sampleCount = args.maxSteps > 0 ? plan.maxSteps * batchSizeOf(session) : trainSet.count * args.numTrainEpochs
  const trainingLoss = progress.totalLoss / progress.updateCount
  const speed = speedMetrics('train', seconds, sampleCount, plan.maxSteps)
  const metrics = progress.updateCount === 0 ? speed : { ...speed, train_loss: trainingLoss }
  await logMetrics(session, metrics)
  await fire(session, 'onTrainEnd')
  return { globalStep: state.globalStep, trainingLoss, metrics: { ...metrics, epoch: state.epoch } }
}

/** The batches of an epoch, together as they make updates. */
function toUpdates({ args, trainSet }: TrainingSession, epoch: number): Int32Array[][] {
  const { seed, perDeviceTrainBatchSize, dataloaderDropLast: dropLast, gradientAccumulationSteps: size } = args
  const batches = toBatches(trainSet.count, perDeviceTrainBatchSize, { seed, epoch, dropLast })
  return Array.from({ length: Math.ceil(batches.length / size) }, (_, index) =>
    batches.slice(index * size, (index + 1) * size),
  )
}

async function trainUpdate(
  session: TrainingSession,
  plan: TrainingPlan,
  batches: readonly Int32Array[],
  progress: Progress,
): Promise<void> {
  const { args, state, head } = session
  const exampleCount = batches.reduce((sum, { length }) => sum + length, 0)
  let loss = 0
  await fire(session, 'onStepBegin')
  for (const [index, places] of batches.entries()) {
    const share = places.length / exampleCount
    const dropoutSeed = args.seed + state.globalStep * args.gradientAccumulationSteps + index
    loss += share * (await head.accumulate(batchOf(session, places), share, dropoutSeed))
    await session.pause()
    if (index < batches.length - 1) await fire(session, 'onSubstepEnd')
  }
  progress.gradientNorm = await head.clipGradients(args.maxGradNorm)
  await fire(session, 'onPreOptimizerStep')
  head.update(session.learningRate.at(state.globalStep, plan), args.weightDecay)
  await fire(session, 'onOptimizerStep')
  head.forgetGradients()
  state.globalStep += 1
  progress.lossSum += loss
  progress.lossCount += 1
  progress.totalLoss += loss
  progress.updateCount += 1
}

function batchOf({ trainSet }: TrainingSession, places: Int32Array) {
  const { vectors: all, size, classIds } = trainSet
  const vectors = new Float32Array(places.length * size)
  for (const [row, place] of places.entries()) vectors.set(all.subarray(place * size, (place + 1) * size), row * size)
  return { vectors, classIds: places.map((place) => classIds[place] ?? 0) }
}

/** Does what the callbacks have asked for. */
async function logEvaluateSave(session: TrainingSession, plan: TrainingPlan, progress: Progress): Promise<void> {
  const { args, state, control, evalSet } = session
  if (control.shouldLog && progress.lossCount > 0) {
    const loss = progress.lossSum / progress.lossCount
    progress.lossSum = 0
    progress.lossCount = 0
    const learningRate = session.learningRate.at(state.globalStep, plan)
    await logMetrics(session, { loss, grad_norm: progress.gradientNorm, learning_rate: learningRate })
  }
  let isBest = false
  if (control.shouldEvaluate && evalSet !== undefined) {
    isBest = noteBest(session, await evaluateExamples(session, evalSet))
  }
  if (args.saveStrategy === 'best' && isBest) control.shouldSave = true
  if (control.shouldSave) await saveCheckpoint(session)
}

function batchSizeOf({ args }: TrainingSession): number {
  return args.perDeviceTrainBatchSize * args.gradientAccumulationSteps
}
