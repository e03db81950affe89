import type { YScale } from '../view/chart/y-scale.ts'
import { fitBytes, formatValue, readUnit } from '../view/text/unit.ts'
import { durationIncrements, formatDurationTicks, formatLogTicks, formatTicks } from './ticks.ts'

/** Units that are longer stand beside the title alone: labels take their room from the plot. */
const unitLengthMax = 4

/** Labels for ticks of an axis whose values have a unit; '': none. 0 has no unit. */
export function formatUnitTicks(ticks: readonly (number | null)[], unit: string, scale: YScale): string[] {
  const isLinear = scale === 'linear'
  const plain = (values: readonly (number | null)[]): string[] =>
    isLinear ? formatTicks(values.map(Number)) : formatLogTicks(values)
  if (unit === '') return plain(ticks)
  const meaning = readUnit(unit)
  const withUnit = (labels: readonly string[], name: string): string[] =>
    labels.map((label) => (label === '' || label === '0' ? label : `${label} ${name}`))
  if (meaning.kind === 'other') {
    return meaning.name.length > unitLengthMax ? plain(ticks) : withUnit(plain(ticks), meaning.name)
  }
  // On a log axis each label stands for itself.
  if (!isLinear) return ticks.map((tick) => (tick === null ? '' : tick === 0 ? '0' : formatValue(tick, unit)))
  const numbers = ticks.map(Number)
  const largest = Math.max(...numbers.map(Math.abs))
  if (meaning.kind === 'bytes') {
    const { name, size } = fitBytes(largest * meaning.bytes, meaning.base)
    return withUnit(formatTicks(numbers.map((tick) => (tick * meaning.bytes) / size)), name)
  }
  const seconds = numbers.map((tick) => tick * meaning.seconds)
  const [scaled, name] = largest * meaning.seconds >= 1e-3 ? [1e3, 'ms'] : [1e6, 'µs']
  if (largest * meaning.seconds < 1) return withUnit(formatTicks(seconds.map((tick) => tick * scaled)), name)
  return formatDurationTicks(seconds)
}

/**
 * Distances between ticks that are round in the unit in which they are written; undefined: those that are round numbers.
 *
 * @param largest - What the axis goes up to, or down to.
 */
export function unitIncrements(unit: string, largest: number): number[] | undefined {
  const meaning = readUnit(unit)
  switch (meaning.kind) {
    case 'duration':
      return durations.map((seconds) => seconds / meaning.seconds)
    case 'bytes': {
      const size = fitBytes(largest * meaning.bytes, meaning.base).size / meaning.bytes
      return decades(-9, 12).map((factor) => factor * size)
    }
    case 'other':
      return undefined
  }
}

/** Every multiple of a distance from `low` to `high`, without what multiplying adds to its digits. */
export function multiplesIn(low: number, high: number, distance: number): number[] {
  if (!(distance > 0)) return []
  const first = Math.ceil(low / distance - 1e-9)
  const count = Math.max(0, Math.floor(high / distance + 1e-9) - first + 1)
  return Array.from({ length: count }, (_, i) => Number(((first + i) * distance).toPrecision(12)))
}

/** Round numbers, from one power of ten up to another, ascending. */
function decades(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, i) => [1, 2, 5].map((factor) => Number(`${factor}e${from + i}`))).flat()
}

/** Seconds, from a nanosecond to a thousand years. */
const durations: readonly number[] = [
  ...decades(-9, -3),
  ...durationIncrements,
  ...decades(1, 4).map((years) => years * 31_536_000),
]
