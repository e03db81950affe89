import { type JsonValue, parseJson, stringifyJson } from '@lossline/protocol'
import { invalidValue } from '../errors.ts'
import type { RowId } from '../tasks/evaluation-task.ts'
import type { EvaluationBaseline } from './evaluation-result.ts'

/** The file of an artifact of the type `evaluation`. */
export const evaluationFileName = 'evaluation.json'

/** JSON of what a later evaluation needs: NaN among the numbers is kept. */
export function writeEvaluationText({ name, task, rowCount, metrics, records }: EvaluationBaseline): string {
  return stringifyJson({
    version: 1,
    name,
    task,
    rowCount,
    metrics,
    meaning: records.meaning,
    ids: records.ids,
    isCorrect: [...records.isCorrect],
    badness: [...records.badness],
    columns: Object.fromEntries(Object.entries(records.columns).map(([column, values]) => [column, [...values]])),
  })
}

/**
 * Reads that JSON.
 *
 * @throws EvaluationError `evaluation-value` when it is something else.
 */
export function parseEvaluationText(text: string): EvaluationBaseline {
  const { version, name, task, rowCount, metrics, meaning, ids, isCorrect, badness, columns } = toObject(
    parseJson(text),
  )
  if (version !== 1 || typeof name !== 'string' || typeof task !== 'string' || typeof meaning !== 'string')
    throw noEvaluation()
  if (typeof rowCount !== 'number' || !Array.isArray(ids)) throw noEvaluation()
  const numbersOf = (value: JsonValue | undefined): Float64Array => {
    if (!Array.isArray(value) || value.length !== ids.length) throw noEvaluation()
    return Float64Array.from(value, toNumber)
  }
  return {
    name,
    task,
    rowCount,
    metrics: Object.fromEntries(Object.entries(toObject(metrics)).map(([metric, value]) => [metric, toNumber(value)])),
    records: {
      ids: ids.map(toId),
      isCorrect: numbersOf(isCorrect),
      badness: numbersOf(badness),
      columns: Object.fromEntries(
        Object.entries(toObject(columns)).map(([column, values]) => [column, numbersOf(values)]),
      ),
      meaning,
    },
  }
}

function toObject(value: JsonValue | undefined): Readonly<Record<string, JsonValue | undefined>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, JsonValue>
  throw noEvaluation()
}

function toNumber(value: JsonValue | undefined): number {
  if (typeof value === 'number') return value
  throw noEvaluation()
}

function toId(value: JsonValue): RowId {
  if (typeof value === 'string' || typeof value === 'number') return value
  throw noEvaluation()
}

function noEvaluation(): Error {
  return invalidValue(
    'This is no stored evaluation.',
    `Pass the path of an ${evaluationFileName} of an artifact of the type evaluation.`,
  )
}
