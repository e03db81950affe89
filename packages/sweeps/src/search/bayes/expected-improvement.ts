import { millsRatio, normalCdf, normalPdf } from '../../distributions/standard-normal.ts'
import type { Prediction } from './gaussian-process.ts'

/** The logarithm of expected improvement, and how it changes with mean and deviation. */
export interface LogImprovement {
  readonly value: number
  readonly byMean: number
  readonly byDeviation: number
}

const logSqrtTwoPi = Math.log(2 * Math.PI) / 2
/** Where the two parts of the improvement cancel each other, the tail's own formula takes over. */
const tailTo = -1
/** Beyond it the tail is its first term to double precision. */
const farTail = -1e5

/**
 * ln E[max(0, best − f)], smaller being better, in the form that neither underflows nor loses its digits far from the best (Ament
 * et al., "Unexpected improvements to expected improvement", 2023).
 */
export function logExpectedImprovement({ mean, deviation }: Prediction, best: number): LogImprovement {
  const z = (best - mean) / deviation
  if (z > tailTo) {
    const [density, below] = [normalPdf(z), normalCdf(z)]
    const improvement = density + z * below
    return {
      value: Math.log(deviation * improvement),
      byMean: -below / (deviation * improvement),
      byDeviation: density / (deviation * improvement),
    }
  }
  const mills = millsRatio(-z)
  const left = z > farTail ? 1 + z * mills : 1 / (z * z)
  return {
    value: Math.log(deviation) - (z * z) / 2 - logSqrtTwoPi + Math.log(left),
    byMean: -mills / (deviation * left),
    byDeviation: 1 / (deviation * left),
  }
}
