import { describeValue } from '../values/describe-value.ts'
import { InvalidOptionError } from './invalid-option-error.ts'

/** Refuses a number of things that is none: a fraction, NaN, a text, or less than `least`. @throws {@link InvalidOptionError} */
export function checkCount(call: string, name: string, count: unknown, least: number, hint: string): void {
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= least) return
  throw new InvalidOptionError(call, `${name} is a whole number from ${least}, not ${describeValue(count)}.`, hint)
}

/** Refuses a size of pages that cannot be. @throws {@link InvalidOptionError} */
export function checkPerPage(call: string, perPage: unknown): void {
  checkCount(call, 'perPage', perPage, 1, 'It is how many a request asks for; leave it out for the default.')
}

/** Refuses a number of items for an array that cannot be; Infinity is all of them. @throws {@link InvalidOptionError} */
export function checkLimit(limit: unknown): void {
  if (limit !== Number.POSITIVE_INFINITY) checkCount('toArray', 'limit', limit, 0, 'Leave it out for all of them.')
}
