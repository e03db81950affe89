import type { SystemChart } from './system-charts.ts'

/** A unit in which a chart of bytes is drawn. */
export interface ByteUnit {
  readonly name: 'bytes' | 'kB' | 'MB' | 'GB' | 'TB'
  readonly bytes: number
}

/** Clients count so: what they call MB has 2^20 bytes. */
const byteUnits: readonly ByteUnit[] = (['bytes', 'kB', 'MB', 'GB', 'TB'] as const).map((name, power) => ({
  name,
  bytes: 1024 ** power,
}))

/** The unit in the title of a chart, `Memory of the process (MB)`; undefined for what are no bytes. */
export function readByteUnit(title: string): ByteUnit | undefined {
  const [, name] = / \((\w+)\)$/.exec(title) ?? []
  return byteUnits.find((unit) => unit.name === name)
}

/** The unit in which the largest value of a chart has one to four digits before the point. @param largest - In `unit`. */
export function fitByteUnit(largest: number, unit: ByteUnit): ByteUnit {
  return byteUnits.findLast(({ bytes }) => largest * unit.bytes >= bytes) ?? unit
}

/** A chart of bytes with its readings in another unit. Names with a brace cannot be in a formula: such a chart stays. */
export function inByteUnit(chart: SystemChart, from: ByteUnit, to: ByteUnit): SystemChart {
  if (from === to || chart.lines.some(({ name }) => /[{}]/.test(name))) return chart
  return {
    ...chart,
    title: chart.title.replace(/\(\w+\)$/, `(${to.name})`),
    lines: chart.lines.map((line) => ({ ...line, expression: `\${${line.name}} * ${from.bytes} / ${to.bytes}` })),
  }
}
