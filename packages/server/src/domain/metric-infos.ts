import type { MetricInfo, MetricNoteResponse, MetricSummary, MetricWords } from '@lossline/protocol'
import { decodeKeyPath, fromWireMetrics, readMetricNotes } from '@lossline/protocol'
import type { MetricKeyRow, MetricNoteRow, RunRow } from '@lossline/store'
import { runValues } from './run-values.ts'

/** Definitions of metrics are looked up in at most so many runs, the newest. */
export const definingRunCount = 200

interface Definition {
  readonly stepMetric: string | null
  readonly isHidden: boolean
  readonly goal: 'minimize' | 'maximize' | null
}

/**
 * Logged keys with what `define_metric` said about them. Where runs disagree, the first of `runs` wins; before all of them what
 * people of the project said.
 */
export function toMetricInfos(
  keys: readonly MetricKeyRow[],
  runs: readonly RunRow[],
  notes: readonly MetricNoteRow[],
): MetricInfo[] {
  const find = createDefinitionFinder(runs)
  const byMetric = new Map(notes.map((note) => [note.metric, note]))
  return keys.map(({ key, kind, stream, runCount, pointCount }) => {
    const { stepMetric, isHidden, ...words } = find(key)
    return { key, kind, stream, runCount, pointCount, stepMetric, isHidden, ...withNote(words, byMetric.get(key)) }
  })
}

/** What people and runs say of one metric, logged or not. */
export function toMetricNote(
  metric: string,
  runs: readonly RunRow[],
  notes: readonly MetricNoteRow[],
): MetricNoteResponse {
  const note = notes.find((one) => one.metric === metric)
  const { description, unit, goal } = createDefinitionFinder(runs)(metric)
  return {
    metric,
    own: {
      description: note?.description ?? null,
      unit: note?.unit ?? null,
      goal: note?.goal ?? null,
      said: note === undefined ? null : { username: note.username, atMs: note.updatedAtMs },
    },
    ofRuns: { description, unit, goal },
  }
}

function withNote(words: MetricWords, note: MetricNoteRow | undefined): MetricWords {
  if (note === undefined) return words
  return {
    description: note.description ?? words.description,
    unit: note.unit ?? words.unit,
    goal: note.goal === 'none' ? null : (note.goal ?? words.goal),
  }
}

/** Finds what runs say of a key. */
function createDefinitionFinder(runs: readonly RunRow[]): (key: string) => Definition & MetricWords {
  const definitions = createNamed(runs.flatMap(definitionsOf))
  const notes = runs.flatMap((run) => [...readMetricNotes(runValues(run).internals)])
  const descriptions = createNamed(textsOf(notes, 'description'))
  const units = createNamed(textsOf(notes, 'unit'))
  return (key) => {
    const { stepMetric, isHidden, goal } = definitions(key) ?? undefinedMetric
    return { stepMetric, isHidden, goal, description: descriptions(key) ?? '', unit: units(key) ?? '' }
  }
}

type Named<T> = readonly [name: string, value: T]

/** Finds what was said of a key itself, by whoever said it first, or of the prefixes with a star that it begins with. */
function createNamed<T>(said: readonly Named<T>[]): (key: string) => T | undefined {
  const exact = new Map<string, T>()
  const globs = new Map<string, T>()
  for (const [name, value] of said) {
    const into = name.endsWith('*') ? globs : exact
    if (!into.has(name)) into.set(name, value)
  }
  return (key) => {
    const plainName = decodeKeyPath(key).join('.')
    // Names of definitions are written both ways: as a path, and with the dots of a key left as they are.
    const own = exact.get(key) ?? exact.get(plainName)
    if (own !== undefined || plainName.startsWith('_')) return own
    for (const [glob, value] of globs) if (plainName.startsWith(glob.slice(0, -1))) return value
    return undefined
  }
}

function textsOf(
  notes: readonly Named<{ readonly [F in 'description' | 'unit']?: string | undefined }>[],
  field: 'description' | 'unit',
): Named<string>[] {
  return notes.flatMap(([name, { [field]: text }]): Named<string>[] => (text === undefined ? [] : [[name, text]]))
}

const undefinedMetric: Definition = { stepMetric: null, isHidden: false, goal: null }

/** Whoever keeps the least of a metric wants it low; whoever keeps both ends has not said. */
function goalOfSummary({ min = false, max = false }: MetricSummary = {}): Definition['goal'] {
  if (min === max) return null
  return min ? 'minimize' : 'maximize'
}

function definitionsOf(run: RunRow): Named<Definition>[] {
  return fromWireMetrics(runValues(run).internals.m).map(
    (record): Named<Definition> => [
      record.name ?? record.globName ?? '',
      {
        stepMetric: record.stepMetric ?? null,
        isHidden: record.options?.hidden ?? false,
        goal: record.goal ?? goalOfSummary(record.summary),
      },
    ],
  )
}
