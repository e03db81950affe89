import { printQueryKey, type RunKeyInfo, runQueryFields } from '@lossline/protocol'

/** Something that can stand where the cursor is. */
export interface QueryCompletion {
  readonly text: string
  /** What is known of it: its kind and range, or what it is for. */
  readonly detail: string
  /** The part of the query that it takes the place of. */
  readonly from: number
  readonly to: number
}

const completionCountMax = 8
const states = ['running', 'finished', 'failed', 'crashed', 'killed', 'pending', 'preempting', 'preempted']

/** What the word before the cursor could become: a key, or after a sign a value that runs have. */
export function completeRunQuery(
  text: string,
  cursor: number,
  keys: readonly RunKeyInfo[],
): readonly QueryCompletion[] {
  const before = text.slice(0, cursor)
  const word = /[^\s()[\],"'=<>~!]*$/.exec(before)?.[0] ?? ''
  const from = cursor - word.length
  const key = /([^\s()[\],"'=<>~!]+)\s*(?:=|!=|in\s*\[[^\]]*|has)\s*$/i.exec(before.slice(0, from))?.[1]
  const isNumber = /[<>]=?\s*$/.test(before.slice(0, from))
  if (isNumber) return []
  const candidates = key === undefined ? keysOf(keys) : valuesOf(key, keys)
  const wanted = word.toLowerCase()
  return candidates
    .map((candidate) => ({ ...candidate, rank: rankOf(candidate.text.toLowerCase(), wanted) }))
    .filter(({ rank, text: found }) => rank >= 0 && found !== word)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, completionCountMax)
    .map((candidate) => ({ text: candidate.text, detail: candidate.detail, from, to: cursor }))
}

interface Candidate {
  readonly text: string
  readonly detail: string
}

function keysOf(keys: readonly RunKeyInfo[]): readonly Candidate[] {
  const fields = Object.keys(runQueryFields).map((text) => ({ text, detail: 'of the run' }))
  const values = keys.map((key) => ({ text: printKey(key.key), detail: describe(key) }))
  return [...fields, ...values]
}

function valuesOf(name: string, keys: readonly RunKeyInfo[]): readonly Candidate[] {
  if (name === 'state' || name === 'run.state') return states.map((text) => ({ text, detail: 'state' }))
  const key = keys.find(
    (one) => [one.key, `config.${name}`, `summary.${name}`].includes(one.key) && endsWith(one.key, name),
  )
  return (key?.commonValues ?? []).map((value) => ({ text: printValue(value), detail: 'value' }))
}

function endsWith(key: string, name: string): boolean {
  return key === name || key === `config.${name}` || key === `summary.${name}`
}

function printKey(key: string): string {
  const [namespace, ...rest] = key.split('.')
  return printQueryKey({ namespace: namespace === 'config' ? 'config' : 'summary', name: rest.join('.') })
}

function printValue(value: string | number | boolean): string {
  return typeof value === 'string' && !/^[\w./-]+$/.test(value) ? JSON.stringify(value) : String(value)
}

function describe({ kind, min, max }: RunKeyInfo): string {
  if (kind !== 'number' || min === null || max === null) return kind
  return min === max ? String(min) : `${min} … ${max}`
}

/** Beginnings first, then beginnings of what stands behind a dot or slash, then anywhere. Below 0: not in it. */
function rankOf(text: string, wanted: string): number {
  const at = text.indexOf(wanted)
  if (at <= 0) return at
  return /[./]/.test(text[at - 1] ?? '') ? 1 : 2
}
