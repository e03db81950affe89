import type { OptionNames } from '@lossline/core/adapter'
import { type CommonOptions, commonOptionNames, parseCount } from '../callbacks/callback-options.ts'
import { TfjsOptionError } from '../errors.ts'

/** How often weights and gradients are looked at. */
export interface HistogramsOptions {
  /** Logs the weights every n-th epoch; false: never. Default: 1. */
  readonly weightsEveryEpochs?: number | false | undefined
  /** Logs the gradients and their norms every n-th batch; false: never. Default: 100. */
  readonly gradientsEverySteps?: number | false | undefined
  /** Whether gradients are logged as histograms too, and not as norms alone. Default: true. */
  readonly gradientHistograms?: boolean | undefined
  /** Bins of a histogram, 1 to 512. Default: 64. */
  readonly binCount?: number | undefined
}

/** Options of `modelHistograms`. */
export interface ModelHistogramsOptions extends CommonOptions, HistogramsOptions {}

export const histogramsOptionNames: OptionNames<HistogramsOptions> = {
  weightsEveryEpochs: true,
  gradientsEverySteps: true,
  gradientHistograms: true,
  binCount: true,
}

export const modelHistogramsOptionNames: OptionNames<ModelHistogramsOptions> & { readonly tf: true } = {
  ...commonOptionNames,
  ...histogramsOptionNames,
}

// What a Histogram of core takes, and W&B's pages show.
const binCountMax = 512

/** The options with their defaults; `undefined`: never. */
export interface ParsedHistogramsOptions {
  readonly weightsEveryEpochs: number | undefined
  readonly gradientsEverySteps: number | undefined
  readonly gradientHistograms: boolean
  readonly binCount: number
}

/** @throws {@link TfjsOptionError} */
export function parseHistogramsOptions(options: HistogramsOptions): ParsedHistogramsOptions {
  const { weightsEveryEpochs = 1, gradientsEverySteps = 100, gradientHistograms = true, binCount = 64 } = options
  if (!(Number.isSafeInteger(binCount) && binCount >= 1 && binCount <= binCountMax)) {
    throw new TfjsOptionError(`The option binCount is ${binCount}.`, `Pass a whole number from 1 to ${binCountMax}.`)
  }
  return {
    weightsEveryEpochs: weightsEveryEpochs === false ? undefined : parseCount('weightsEveryEpochs', weightsEveryEpochs),
    gradientsEverySteps:
      gradientsEverySteps === false ? undefined : parseCount('gradientsEverySteps', gradientsEverySteps),
    gradientHistograms,
    binCount,
  }
}
