import { checkOptions, type OptionNames } from '@lossline/core/adapter'
import { TransformersOptionError } from '../errors.ts'
import { checkScheduleSettings } from './check-schedule-settings.ts'
import type { PlateauSettings } from './reduce-on-plateau.ts'
import { type ScheduleSettings, type ScheduleType, scheduleTypes } from './schedules.ts'
import { toSnakeCase } from './wire-names.ts'

/** When something happens. */
export type IntervalStrategy = 'no' | 'steps' | 'epoch'

/** When checkpoints are saved; `best`: whenever the evaluation is the best so far. */
export type SaveStrategy = IntervalStrategy | 'best'

/** Arguments of a training: the names and defaults of Hugging Face's `TrainingArguments`, in camelCase. */
export interface TrainingArguments {
  /** Folder of the checkpoints. Default `trainer_output`. */
  readonly outputDir?: string | undefined
  /** Default 3. May be a fraction. */
  readonly numTrainEpochs?: number | undefined
  /** Updates in all, instead of {@link numTrainEpochs}. Default -1: not used. */
  readonly maxSteps?: number | undefined
  /** Default 8. */
  readonly perDeviceTrainBatchSize?: number | undefined
  /** Default 8. */
  readonly perDeviceEvalBatchSize?: number | undefined
  /** Batches whose gradients make one update. Default 1. */
  readonly gradientAccumulationSteps?: number | undefined
  /** Highest learning rate. Default 5e-5, which suits whole models; a head on fixed embeddings learns with about 1e-2. */
  readonly learningRate?: number | undefined
  /** Of AdamW, for weights and not for biases. Default 0. */
  readonly weightDecay?: number | undefined
  /** Default 0.9. */
  readonly adamBeta1?: number | undefined
  /** Default 0.999. */
  readonly adamBeta2?: number | undefined
  /** Default 1e-8. */
  readonly adamEpsilon?: number | undefined
  /** Longer gradients are cut to this length; 0 for no limit. Default 1. */
  readonly maxGradNorm?: number | undefined
  /**
   * How the learning rate goes on. Default `linear`. `reduce_lr_on_plateau` follows {@link metricForBestModel}, whose default is
   * `loss` then, and knows no warm-up.
   */
  readonly lrSchedulerType?: ScheduleType | 'reduce_lr_on_plateau' | undefined
  /** More settings of the schedule. */
  readonly lrSchedulerKwargs?: (ScheduleSettings & PlateauSettings) | undefined
  /** Share of the updates in which the learning rate rises. Default 0. */
  readonly warmupRatio?: number | undefined
  /** The same as a number of updates, which comes first; below 1 a share. Default 0. */
  readonly warmupSteps?: number | undefined
  /** Default `steps`. */
  readonly loggingStrategy?: IntervalStrategy | undefined
  /** Default 500. */
  readonly loggingSteps?: number | undefined
  /** Default false. */
  readonly loggingFirstStep?: boolean | undefined
  /** Default `no`. */
  readonly evalStrategy?: IntervalStrategy | undefined
  /** Default: {@link loggingSteps}. */
  readonly evalSteps?: number | undefined
  /** Epochs or updates before the first evaluation. Default 0. */
  readonly evalDelay?: number | undefined
  /** Default false. */
  readonly evalOnStart?: boolean | undefined
  /** Default `steps`. */
  readonly saveStrategy?: SaveStrategy | undefined
  /** Default 500. */
  readonly saveSteps?: number | undefined
  /** Checkpoints that are kept; the best one is always. Default: all. */
  readonly saveTotalLimit?: number | undefined
  /** Default false. Needs the same strategy for evaluations and checkpoints. */
  readonly loadBestModelAtEnd?: boolean | undefined
  /** Name of a metric, with or without `eval_`. Default `loss`, if one is needed. */
  readonly metricForBestModel?: string | undefined
  /** Default: false for a metric whose name ends in `loss`. */
  readonly greaterIsBetter?: boolean | undefined
  /** Leaves out a last batch that is not full. Default false. */
  readonly dataloaderDropLast?: boolean | undefined
  /** Default 0. */
  readonly labelSmoothingFactor?: number | undefined
  /** Of the weights at the start, the order of the examples, and dropout. Default 42. */
  readonly seed?: number | undefined
  /** Name of a run that `reportTo: 'lossline'` starts. */
  readonly runName?: string | undefined
  /** Which models become artifacts, as `WANDB_LOG_MODEL` says it: none, the last one, every checkpoint. Default false. */
  readonly logModel?: false | 'end' | 'checkpoint' | undefined
}

/** {@link TrainingArguments} with their defaults. */
export type ParsedArguments = {
  readonly [Name in keyof Required<TrainingArguments>]: Name extends OptionalArgument
    ? TrainingArguments[Name]
    : NonNullable<TrainingArguments[Name]>
}

/** Arguments without those that are there and undefined. */
type GivenArguments = {
  readonly [Name in keyof TrainingArguments]?: Exclude<TrainingArguments[Name], undefined>
}

type OptionalArgument = 'saveTotalLimit' | 'metricForBestModel' | 'greaterIsBetter' | 'runName'

const argumentNames: OptionNames<TrainingArguments> = {
  outputDir: true,
  numTrainEpochs: true,
  maxSteps: true,
  perDeviceTrainBatchSize: true,
  perDeviceEvalBatchSize: true,
  gradientAccumulationSteps: true,
  learningRate: true,
  weightDecay: true,
  adamBeta1: true,
  adamBeta2: true,
  adamEpsilon: true,
  maxGradNorm: true,
  lrSchedulerType: true,
  lrSchedulerKwargs: true,
  warmupRatio: true,
  warmupSteps: true,
  loggingStrategy: true,
  loggingSteps: true,
  loggingFirstStep: true,
  evalStrategy: true,
  evalSteps: true,
  evalDelay: true,
  evalOnStart: true,
  saveStrategy: true,
  saveSteps: true,
  saveTotalLimit: true,
  loadBestModelAtEnd: true,
  metricForBestModel: true,
  greaterIsBetter: true,
  dataloaderDropLast: true,
  labelSmoothingFactor: true,
  seed: true,
  runName: true,
  logModel: true,
}

const defaults = {
  outputDir: 'trainer_output',
  numTrainEpochs: 3,
  maxSteps: -1,
  perDeviceTrainBatchSize: 8,
  perDeviceEvalBatchSize: 8,
  gradientAccumulationSteps: 1,
  learningRate: 5e-5,
  weightDecay: 0,
  adamBeta1: 0.9,
  adamBeta2: 0.999,
  adamEpsilon: 1e-8,
  maxGradNorm: 1,
  lrSchedulerType: 'linear',
  lrSchedulerKwargs: {},
  warmupRatio: 0,
  warmupSteps: 0,
  loggingStrategy: 'steps',
  loggingSteps: 500,
  loggingFirstStep: false,
  evalStrategy: 'no',
  evalDelay: 0,
  evalOnStart: false,
  saveStrategy: 'steps',
  saveSteps: 500,
  loadBestModelAtEnd: false,
  dataloaderDropLast: false,
  labelSmoothingFactor: 0,
  seed: 42,
  logModel: false,
} satisfies TrainingArguments

/** @throws TransformersOptionError, or core's `InvalidOptionError` for a name that is no argument. */
export function parseTrainingArguments(args: TrainingArguments): ParsedArguments {
  checkOptions('new Trainer: args', args, argumentNames)
  const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined)) as GivenArguments
  const merged = { ...defaults, ...given }
  const isPlateau = merged.lrSchedulerType === 'reduce_lr_on_plateau'
  const needsMetric = merged.loadBestModelAtEnd || merged.saveStrategy === 'best' || isPlateau
  const metricForBestModel = given.metricForBestModel ?? (needsMetric ? 'loss' : undefined)
  const parsed: ParsedArguments = {
    ...merged,
    evalSteps: given.evalSteps ?? merged.loggingSteps,
    saveTotalLimit: given.saveTotalLimit,
    runName: given.runName,
    metricForBestModel,
    greaterIsBetter:
      given.greaterIsBetter ?? (metricForBestModel === undefined ? undefined : !metricForBestModel.endsWith('loss')),
  }
  checkNumbers(parsed)
  checkWords(parsed)
  checkScheduleSettings(parsed.lrSchedulerKwargs)
  if (isPlateau && merged.evalStrategy === 'no') {
    throw new TransformersOptionError(
      "lrSchedulerType 'reduce_lr_on_plateau' needs evaluations.",
      "Set evalStrategy to 'steps' or 'epoch'.",
    )
  }
  checkBestModel(parsed)
  return parsed
}

/** Arguments by the names that Python's `TrainingArguments` has, for the config of a run. */
export function toWireArguments(args: ParsedArguments): Record<string, unknown> {
  return toWireNames({ ...args, lrSchedulerKwargs: toWireNames(args.lrSchedulerKwargs) })
}

function toWireNames(members: object): Record<string, unknown> {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.map(([name, value]) => [toSnakeCase(name), value]))
}

function checkNumbers(args: ParsedArguments): void {
  const whole = [
    ...['perDeviceTrainBatchSize', 'perDeviceEvalBatchSize', 'gradientAccumulationSteps'],
    ...['loggingSteps', 'evalSteps', 'saveSteps'],
  ] as const
  for (const name of whole as readonly (keyof ParsedArguments)[]) {
    if (!(Number.isSafeInteger(args[name]) && Number(args[name]) >= 1))
      throw refuse(name, args[name], 'a whole number from 1')
  }
  const fromZero = ['learningRate', 'weightDecay', 'maxGradNorm', 'warmupSteps', 'evalDelay'] as const
  for (const name of fromZero) if (!(args[name] >= 0)) throw refuse(name, args[name], 'a number from 0')
  const shares = ['warmupRatio', 'labelSmoothingFactor'] as const
  for (const name of shares) {
    if (!(args[name] >= 0 && args[name] <= 1)) throw refuse(name, args[name], 'a number from 0 to 1')
  }
  if (!(args.numTrainEpochs > 0)) throw refuse('numTrainEpochs', args.numTrainEpochs, 'a number above 0')
  if (!Number.isSafeInteger(args.maxSteps)) throw refuse('maxSteps', args.maxSteps, 'a whole number, or -1')
  if (!Number.isSafeInteger(args.seed)) throw refuse('seed', args.seed, 'a whole number')
}

function checkWords(args: ParsedArguments): void {
  const strategies = ['no', 'steps', 'epoch'] as const
  const words = {
    lrSchedulerType: [...scheduleTypes, 'reduce_lr_on_plateau'],
    loggingStrategy: strategies,
    evalStrategy: strategies,
    saveStrategy: [...strategies, 'best'],
    logModel: [false, 'end', 'checkpoint'],
  } satisfies Partial<Record<keyof ParsedArguments, readonly unknown[]>>
  for (const [name, allowed] of Object.entries(words)) {
    const value = args[name as keyof typeof words]
    if (!(allowed as readonly unknown[]).includes(value)) throw refuse(name, value, `one of ${allowed.join(', ')}`)
  }
}

/** What HF's Trainer asks for, since the best model must have been saved when it was found. */
function checkBestModel({
  loadBestModelAtEnd,
  evalStrategy,
  saveStrategy,
  evalSteps,
  saveSteps,
}: ParsedArguments): void {
  if (saveStrategy === 'best' && evalStrategy === 'no') {
    throw new TransformersOptionError(
      "saveStrategy 'best' needs evaluations.",
      "Set evalStrategy to 'steps' or 'epoch'.",
    )
  }
  if (!loadBestModelAtEnd || saveStrategy === 'best') return
  const isAligned = evalStrategy === saveStrategy && evalStrategy !== 'no'
  const isMultiple = evalStrategy !== 'steps' || saveSteps % evalSteps === 0
  if (isAligned && isMultiple) return
  throw new TransformersOptionError(
    'loadBestModelAtEnd needs a checkpoint for each evaluation that may be the best.',
    "Set evalStrategy and saveStrategy to the same, saveSteps to a multiple of evalSteps; or saveStrategy to 'best'.",
  )
}

function refuse(name: string, value: unknown, allowed: string): TransformersOptionError {
  return new TransformersOptionError(`The training argument ${name} is ${String(value)}.`, `Pass ${allowed}.`)
}
