import { readFileSync } from 'node:fs'

/** Something to be made small by a sweep. */
export interface Problem {
  readonly name: string
  /** `parameters` of the configuration, as YAML on one line. */
  readonly parameters: string
  /** The smallest value there is: what is left above it is the regret. */
  readonly optimum: number
  /** The regret that we want after 50 trials; undefined: we only look at it. */
  readonly goal?: number
  valueOf(config: Readonly<Record<string, unknown>>): number
}

/** `x1` to `xn`, all with the same bounds. */
function numbers(count: number, min: number, max: number): string {
  const names = Array.from({ length: count }, (_, i) => `x${i + 1}`)
  return `{${names.map((name) => `${name}: {distribution: uniform, min: ${min}, max: ${max}}`).join(', ')}}`
}

function pointOf(config: Readonly<Record<string, unknown>>, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => Number(config[`x${i + 1}`]))
}

// Surjanovic and Bingham, "Virtual Library of Simulation Experiments" (https://www.sfu.ca/~ssurjano/optimization.html), with its
// ranges and minima.
function branin([x = 0, y = 0]: readonly number[]): number {
  const bend = y - (5.1 * x * x) / (4 * Math.PI ** 2) + (5 * x) / Math.PI - 6
  return bend * bend + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10
}

function rosenbrock(point: readonly number[]): number {
  let sum = 0
  for (let i = 0; i + 1 < point.length; i++) {
    sum += 100 * (point[i + 1]! - point[i]! ** 2) ** 2 + (1 - point[i]!) ** 2
  }
  return sum
}

function ackley(point: readonly number[]): number {
  const mean = (of: (x: number) => number): number => point.reduce((sum, x) => sum + of(x), 0) / point.length
  return (
    20 + Math.E - 20 * Math.exp(-0.2 * Math.sqrt(mean((x) => x * x))) - Math.exp(mean((x) => Math.cos(2 * Math.PI * x)))
  )
}

const hartmannPeaks = [
  { height: 1, slopes: [10, 3, 17, 3.5, 1.7, 8], at: [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886] },
  { height: 1.2, slopes: [0.05, 10, 17, 0.1, 8, 14], at: [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991] },
  { height: 3, slopes: [3, 3.5, 1.7, 10, 17, 8], at: [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665] },
  { height: 3.2, slopes: [17, 8, 0.05, 10, 0.1, 14], at: [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381] },
]

function hartmann(point: readonly number[]): number {
  return -hartmannPeaks.reduce((sum, { height, slopes, at }) => {
    const away = slopes.reduce((total, slope, axis) => total + slope * (point[axis]! - at[axis]!) ** 2, 0)
    return sum + height * Math.exp(-away)
  }, 0)
}

/** Like the settings of a training: a rate, a decay and a share, a count of layers, and two choices that move the best ones. */
function mixed(config: Readonly<Record<string, unknown>>): number {
  const { optimizer, activation } = config
  const isAdam = optimizer === 'adam'
  const rate = Math.log10(Number(config.rate)) - (isAdam ? -3 : optimizer === 'sgd' ? -1 : -2)
  const decay = Math.log10(Number(config.decay)) + 4
  const dropout = Number(config.dropout) - 0.05 * Number(config.layers)
  const choice = (isAdam ? 0 : optimizer === 'sgd' ? 0.15 : 0.3) + (activation === 'gelu' ? 0 : 0.1)
  return choice + 0.3 * rate ** 2 + 0.05 * decay ** 2 + 2 * dropout ** 2 + 0.03 * (Number(config.layers) - 4) ** 2
}

interface DigitsTable {
  readonly axes: Readonly<Record<string, readonly (number | string)[]>>
  /** Share of wrong answers in thousandths of a per cent, the last axis fastest. */
  readonly errors: readonly number[]
}

/** Errors of a classifier of scikit-learn's digits at each point of a grid; `make-digits-table.py` has made them. */
function digits(): Problem {
  const file = new URL('digits-table.json', import.meta.url)
  const { axes, errors } = JSON.parse(readFileSync(file, 'utf8')) as DigitsTable
  const names = Object.keys(axes)
  return {
    name: 'digits',
    parameters: JSON.stringify(Object.fromEntries(names.map((name) => [name, digitsParameter(axes[name]!)]))),
    optimum: Math.min(...errors) / 1000,
    valueOf: (config) => {
      const place = names.reduce((at, name) => {
        const { [name]: values = [] } = axes
        return at * values.length + nearest(values, config[name])
      }, 0)
      return errors[place]! / 1000
    },
  }
}

/** Numbers of the table are read as a range over which they lie evenly in their logarithms. */
function digitsParameter(values: readonly (number | string)[]): object {
  const [first, last] = [values[0], values.at(-1)]
  return typeof first === 'string' ? { values } : { distribution: 'log_uniform_values', min: first, max: last }
}

function nearest(values: readonly (number | string)[], value: unknown): number {
  if (typeof value === 'string') return values.indexOf(value)
  const distances = values.map((one) => Math.abs(Math.log(Number(one) / Number(value))))
  return distances.indexOf(Math.min(...distances))
}

const ofPoint =
  (of: (point: readonly number[]) => number, count: number) =>
  (config: Readonly<Record<string, unknown>>): number =>
    of(pointOf(config, count))

/** What searches are tried on. */
export function problems(): readonly Problem[] {
  return [
    {
      name: 'Branin',
      parameters: '{x1: {distribution: uniform, min: -5, max: 10}, x2: {distribution: uniform, min: 0, max: 15}}',
      optimum: 0.39788735772973816,
      goal: 1e-4,
      valueOf: ofPoint(branin, 2),
    },
    {
      name: 'Hartmann-6',
      parameters: numbers(6, 0, 1),
      optimum: -3.322368011391339,
      goal: 0.05,
      valueOf: ofPoint(hartmann, 6),
    },
    { name: 'Rosenbrock-2', parameters: numbers(2, -5, 10), optimum: 0, goal: 0.01, valueOf: ofPoint(rosenbrock, 2) },
    { name: 'Rosenbrock-4', parameters: numbers(4, -5, 10), optimum: 0, goal: 5, valueOf: ofPoint(rosenbrock, 4) },
    { name: 'Ackley-10', parameters: numbers(10, -32.768, 32.768), optimum: 0, valueOf: ofPoint(ackley, 10) },
    {
      name: 'mixed',
      parameters:
        '{rate: {distribution: log_uniform_values, min: 1e-5, max: 1}, decay: {distribution: log_uniform_values, min: 1e-6, max: 1e-1}, dropout: {distribution: uniform, min: 0, max: 0.6}, layers: {min: 1, max: 8}, optimizer: {values: [adam, rmsprop, sgd]}, activation: {values: [gelu, relu]}}',
      optimum: 0,
      valueOf: mixed,
    },
    digits(),
  ]
}
