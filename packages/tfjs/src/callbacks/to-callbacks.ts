import { describeEnvironment } from '../environment/engine.ts'
import type { ModelLike, TensorFlowLike, TrainingLogs, TrainingParams } from '../tensorflow-like.ts'
import type { TrainingEvents } from './training-events.ts'

/**
 * Callbacks as a plain object of functions, for `fit({ callbacks })` and `fitDataset`. Fits any copy of tfjs, and an
 * array with other such objects.
 */
export interface TrainingCallbacks {
  onTrainBegin(this: unknown, logs?: TrainingLogs): Promise<void>
  onTrainEnd(this: unknown, logs?: TrainingLogs): Promise<void>
  onEpochBegin(this: unknown, epoch: number, logs?: TrainingLogs): Promise<void>
  onEpochEnd(this: unknown, epoch: number, logs?: TrainingLogs): Promise<void>
  onBatchBegin(this: unknown, batch: number, logs?: TrainingLogs): Promise<void>
  onBatchEnd?(this: unknown, batch: number, logs?: TrainingLogs): Promise<void>
}

/** Makes the plain object. */
export function toCallbackObject(events: TrainingEvents, model: ModelLike | undefined): TrainingCallbacks {
  const callbacks: TrainingCallbacks = {
    // Not an arrow function: tfjs calls it as a method of an object that holds the parameters.
    onTrainBegin() {
      const environment = describeEnvironment(undefined, model)
      return events.trainBegin({ params: paramsOf(this), model, environment })
    },
    onTrainEnd: () => events.trainEnd(),
    onEpochBegin: (epoch) => events.epochBegin(epoch),
    onEpochEnd: (epoch, logs) => events.epochEnd(epoch, logs),
    onBatchBegin: (_batch, logs) => events.batchBegin(logs),
  }
  // tfjs reads and replaces the tensors of every batch as soon as this handler exists.
  if (events.hasBatchObserver) callbacks.onBatchEnd = (_batch, logs) => events.batchEnd(logs)
  return callbacks
}

// tfjs itself yields every 125 ms when callbacks are plain objects, and never when they are instances. In Node nothing
// else runs meanwhile: no timer, no socket.
const yieldIntervalMs = 100

/** Makes an instance of the given tfjs's `Callback`, which yields to the event loop while the model trains. */
export function toCallbackInstance<Instance extends object>(
  tf: TensorFlowLike<Instance>,
  events: TrainingEvents,
  model: ModelLike | undefined,
): Instance {
  const instance: Instance = Reflect.construct(tf.Callback, [])
  let yieldedAtMs = performance.now()
  const maybeYield = async (): Promise<void> => {
    if (performance.now() - yieldedAtMs < yieldIntervalMs) return
    await tf.nextFrame()
    yieldedAtMs = performance.now()
  }
  return Object.assign(instance, {
    onTrainBegin(this: unknown) {
      yieldedAtMs = performance.now()
      // Another copy of tfjs takes the instance for a plain object: then `this` is not the instance and knows no model.
      const trained = model ?? modelOf(this)
      const environment = describeEnvironment(tf, trained)
      return events.trainBegin({ params: paramsOf(this), model: trained, environment })
    },
    onTrainEnd: () => events.trainEnd(),
    onEpochBegin: (epoch: number) => events.epochBegin(epoch),
    onEpochEnd: (epoch: number, logs?: TrainingLogs) => events.epochEnd(epoch, logs),
    onBatchBegin: (_batch: number, logs?: TrainingLogs) => events.batchBegin(logs),
    async onBatchEnd(_batch: number, logs?: TrainingLogs) {
      if (events.hasBatchObserver) await events.batchEnd(logs)
      await maybeYield()
    },
  })
}

/** Puts further methods on callbacks of either shape. tfjs looks only at those that it knows. */
export function withMethods<Callbacks extends object, Methods extends object>(
  callbacks: Callbacks,
  methods: Methods,
): Callbacks & Methods {
  return Object.assign(callbacks, methods)
}

function paramsOf(callback: unknown): TrainingParams {
  return memberOf<TrainingParams>(callback, 'params') ?? {}
}

function modelOf(callback: unknown): ModelLike | undefined {
  return memberOf<ModelLike>(callback, 'model')
}

// tfjs declares these members; nothing else can be checked without importing its classes.
function memberOf<Member extends object>(callback: unknown, name: 'params' | 'model'): Member | undefined {
  if (typeof callback !== 'object' || callback === null) return undefined
  const member: unknown = Reflect.get(callback, name)
  return typeof member === 'object' && member !== null ? (member as Member) : undefined
}
