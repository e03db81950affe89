import { checkOptions, type OptionNames } from '@lossline/core/adapter'
import { TransformersOptionError } from '../errors.ts'
import type { PlateauSettings } from './reduce-on-plateau.ts'
import type { ScheduleSettings } from './schedules.ts'

const settingNames: OptionNames<ScheduleSettings & PlateauSettings> = {
  numCycles: true,
  power: true,
  lrEnd: true,
  minLrRate: true,
  timescale: true,
  mode: true,
  factor: true,
  patience: true,
  threshold: true,
  thresholdMode: true,
  cooldown: true,
  minLr: true,
  eps: true,
}

/** @throws TransformersOptionError, or core's `InvalidOptionError` for a name that is no setting of any schedule. */
export function checkScheduleSettings(settings: ScheduleSettings & PlateauSettings): void {
  checkOptions('new Trainer: args.lrSchedulerKwargs', settings, settingNames)
  const { mode = 'min', thresholdMode = 'rel', ...numbers } = settings
  if (mode !== 'min' && mode !== 'max') throw refuse('mode', mode, "'min' or 'max'")
  if (thresholdMode !== 'rel' && thresholdMode !== 'abs') throw refuse('thresholdMode', thresholdMode, "'rel' or 'abs'")
  for (const [name, value] of Object.entries(numbers)) {
    if (value !== undefined && !(value >= 0)) throw refuse(name, value, 'a number from 0')
  }
  // With 1 or more the learning rate would never fall.
  if (numbers.factor !== undefined && numbers.factor >= 1) throw refuse('factor', numbers.factor, 'a number below 1')
}

function refuse(name: string, value: unknown, allowed: string): TransformersOptionError {
  return new TransformersOptionError(
    `The setting ${name} of lrSchedulerKwargs is ${String(value)}.`,
    `Pass ${allowed}.`,
  )
}
