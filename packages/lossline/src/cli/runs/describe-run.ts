import type { StoredRun } from '@lossline/core'
import type { JsonObject } from '@lossline/protocol'
import { countOf } from '../sync/receipt.ts'
import { describeValue } from './describe-value.ts'
import { toPrintable } from './to-printable.ts'

/** What a run is, as data. */
export type RunFacts = Record<string, string | number | readonly string[] | null>

export function toFacts(run: StoredRun): RunFacts {
  return {
    path: run.path,
    name: run.name,
    state: run.state,
    tags: run.tags,
    group: run.group ?? null,
    jobType: run.jobType ?? null,
    notes: run.notes ?? null,
    username: run.username ?? null,
    createdAt: run.createdAt.toISOString(),
    historyLineCount: run.historyLineCount,
    url: run.url ?? null,
  }
}

/** One line a run, in columns. With the project where the runs are of several. */
export function describeRuns(runs: readonly StoredRun[], withProject: boolean): string[] {
  const idColumns = longest(runs.map(({ id }) => id))
  const projectColumns = longest(runs.map(({ project }) => project))
  return runs.map((run) => {
    const rows = countOf(run.historyLineCount, 'row')
    const time = run.createdAt.toISOString().slice(0, 16).replace('T', ' ')
    const columns = [
      ...(withProject ? [run.project.padEnd(projectColumns)] : []),
      run.id.padEnd(idColumns),
      run.state.padEnd(9),
      time,
      rows.padStart(12),
      run.name,
    ]
    return toPrintable(columns.join('  '))
  })
}

const words: Readonly<Record<string, string>> = {
  jobType: 'job type',
  username: 'user',
  createdAt: 'created',
  historyLineCount: 'rows',
}

// More is for a file: --json and `runs export` have all of it.
const entriesShownMax = 50

/** What a run is, its config and its summary, for people. */
export function describeRun(run: StoredRun): string[] {
  const facts = Object.entries(toFacts(run)).filter(([, value]) => value !== null && String(value) !== '')
  const { _wandb, ...summary } = run.summary
  const lines = [
    ...facts.map(([name, value]) => `${(words[name] ?? name).padEnd(8)}  ${textOf(value)}`),
    ...describeObject('config', run.config),
    ...describeObject('summary', summary),
  ]
  return lines.map(toPrintable)
}

function textOf(value: RunFacts[string]): string {
  return typeof value === 'object' ? (value ?? []).join(', ') : value.toLocaleString('en')
}

function describeObject(title: string, object: JsonObject): string[] {
  const entries = Object.entries(object)
  if (entries.length === 0) return []
  const shown = entries.slice(0, entriesShownMax).map(([key, value]) => `  ${key} = ${describeValue(value)}`)
  const leftCount = entries.length - shown.length
  const rest = leftCount === 0 ? [] : [`  … and ${leftCount.toLocaleString('en')} more; --json shows all`]
  return ['', title, ...shown, ...rest]
}

function longest(texts: readonly string[]): number {
  return texts.reduce((columns, text) => Math.max(columns, text.length), 0)
}
