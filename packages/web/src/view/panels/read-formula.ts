import {
  type Expression,
  ExpressionSyntaxError,
  expressionFunctions,
  expressionTerms,
  parseExpression,
  type QueryCompletion,
} from '@lossline/protocol'
import type { QueryProblem } from '../filter/query-problem.ts'
import { termOf } from './line-source.ts'

/** A formula that can be read, or why not. */
export type ReadFormula =
  | { readonly expression: Expression; readonly problem?: undefined }
  | { readonly expression?: undefined; readonly problem: QueryProblem }

/** Reads what somebody typed. Never throws. */
export function readFormula(text: string): ReadFormula {
  try {
    return { expression: parseExpression(text) }
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error
    return { problem: { message: error.message, position: error.position } }
  }
}

/** The part of a formula that a problem is about; empty at the end, where something is missing. */
export function formulaSpan(text: string, position: number): { readonly from: number; readonly to: number } {
  const from = Math.min(position, text.length)
  const piece = /^(?:\$\{[^}]*\}?|[\w./]+|\S)/.exec(text.slice(from))?.[0] ?? ''
  return { from, to: from + piece.length }
}

/** Names of the metrics in a formula, in its order. */
export function metricsOfFormula(expression: Expression): readonly string[] {
  return expressionTerms(expression).flatMap((term) => (term.source === 'metric' ? [term.name] : []))
}

/**
 * The first metric of a formula of which nothing can come, and where it stands: one that nobody is known to have logged, or one of the
 * machine beside one that has steps. Undefined: there is none.
 */
export function uselessMetric(
  text: string,
  expression: Expression,
  names: readonly FormulaName[],
): QueryProblem | undefined {
  const found = metricsOfFormula(expression).map((name) => ({ name, known: names.find((one) => one.name === name) }))
  const unknown = found.find(({ known }) => known === undefined)
  const at = (name: string): number => Math.max(0, text.indexOf(name))
  if (unknown) return { message: `No run here has logged “${unknown.name}”.`, position: at(unknown.name) }
  const ofMachine = found.find(({ known }) => known?.detail === 'machine')
  if (ofMachine === undefined || found.every(({ known }) => known?.detail === 'machine')) return undefined
  return {
    message: `“${ofMachine.name}” is of the machine and has no steps, so that it meets no metric with steps.`,
    position: at(ofMachine.name),
  }
}

/** What can stand in a formula beside numbers and signs. */
export interface FormulaName {
  /** As it stands in `${}`: `train/loss`, `config:lr`. */
  readonly name: string
  readonly detail: 'metric' | 'machine' | 'config' | 'summary'
}

/** So many are offered; typing more finds the others. */
const completionCountMax = 40

/** What can stand where the cursor is: names after `${` or a letter, functions after a letter. */
export function completeFormula(
  text: string,
  cursor: number,
  names: readonly FormulaName[],
): readonly QueryCompletion[] {
  const before = text.slice(0, cursor)
  const open = openTerm(before)
  if (open !== undefined) {
    const to = cursor + (/^[^${}]*\}/.exec(text.slice(cursor))?.[0].length ?? 0)
    return namesWith(names, open.typed).map(({ name, detail }) => ({ text: termOf(name), detail, from: open.from, to }))
  }
  // A slash may be part of a name or stand between two of them.
  for (const pattern of [/[a-z_][\w./:]*$/i, /[a-z_]\w*$/i]) {
    const typed = pattern.exec(before)?.[0]
    if (typed === undefined) continue
    const at = { from: cursor - typed.length, to: cursor }
    const functions = Object.keys(expressionFunctions).filter((name) => name.startsWith(typed.toLowerCase()))
    const found = [
      ...namesWith(names, typed).map(({ name, detail }) => ({ text: termOf(name), detail, ...at })),
      ...functions.map((name) => ({ text: `${name}(`, detail: 'function', ...at })),
    ]
    if (found.length > 0) return found.slice(0, completionCountMax)
  }
  return []
}

function openTerm(before: string): { readonly from: number; readonly typed: string } | undefined {
  if (before.endsWith('$')) return { from: before.length - 1, typed: '' }
  const from = before.lastIndexOf('${')
  if (from < 0 || before.includes('}', from)) return undefined
  return { from, typed: before.slice(from + 2).trimStart() }
}

function namesWith(names: readonly FormulaName[], typed: string): readonly FormulaName[] {
  const wanted = typed.toLowerCase()
  const found = names.filter(({ name }) => name.toLowerCase().includes(wanted))
  const starts = (name: string): number => Number(!name.toLowerCase().startsWith(wanted))
  return found.sort((a, b) => starts(a.name) - starts(b.name)).slice(0, completionCountMax)
}
