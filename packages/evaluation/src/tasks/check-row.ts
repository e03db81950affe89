import { describeValue } from '@lossline/core/adapter'
import { EvaluationError } from '../errors.ts'

/** A value of a row that has the wrong type. */
export function invalidRow(member: string, value: unknown, wanted: string): EvaluationError {
  return new EvaluationError({
    code: 'evaluation-row',
    message: `${member} of the row is ${describe(value)}.`,
    hint: `Pass ${wanted}.`,
  })
}

/** A number, NaN included: a model that diverged is no wrong use. */
export function requireNumber(member: string, value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  throw invalidRow(member, value, 'a number')
}

export function requireText(member: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw invalidRow(member, value, 'a text')
}

/** Whether a value is a plain or typed array, of whatever. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value)
}

/** A value in a few words, for messages: of lists how long they are. */
export function describe(value: unknown): string {
  return isList(value) ? `a list of ${value.length}` : describeValue(value)
}
