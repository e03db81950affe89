import type { MetricInfo } from '@lossline/protocol'
import { decodeKeyPath, fromWireMetrics } from '@lossline/protocol'
import type { MetricKeyRow, RunRow } from '@lossline/store'
import { runValues } from './run-values.ts'

interface Definition {
  readonly name: string
  readonly isGlob: boolean
  readonly stepMetric: string | null
  readonly isHidden: boolean
  readonly goal: 'minimize' | 'maximize' | null
}

/** Logged keys with what `define_metric` said about them. Where runs disagree, the first of `runs` wins. */
export function toMetricInfos(keys: readonly MetricKeyRow[], runs: readonly RunRow[]): MetricInfo[] {
  const exact = new Map<string, Definition>()
  const globs: Definition[] = []
  for (const run of runs) {
    for (const definition of definitionsOf(run)) {
      if (definition.isGlob) globs.push(definition)
      else if (!exact.has(definition.name)) exact.set(definition.name, definition)
    }
  }
  return keys.map((row) => {
    const plainName = decodeKeyPath(row.key).join('.')
    // Names of definitions are written both ways: as a path, and with the dots of a key left as they are.
    const definition = exact.get(row.key) ?? exact.get(plainName) ?? globs.find((glob) => matches(glob, plainName))
    const { key, kind, stream, runCount, pointCount } = row
    const { stepMetric, isHidden, goal } = definition ?? undefinedMetric
    return { key, kind, stream, runCount, pointCount, stepMetric, isHidden, goal }
  })
}

const undefinedMetric = { stepMetric: null, isHidden: false, goal: null }

function matches(glob: Definition, name: string): boolean {
  return !name.startsWith('_') && name.startsWith(glob.name.slice(0, -1))
}

function definitionsOf(run: RunRow): Definition[] {
  return fromWireMetrics(runValues(run).internals.m).map((record) => ({
    name: record.name ?? record.globName ?? '',
    isGlob: record.name === undefined,
    stepMetric: record.stepMetric ?? null,
    isHidden: record.options?.hidden ?? false,
    goal: record.goal ?? null,
  }))
}
