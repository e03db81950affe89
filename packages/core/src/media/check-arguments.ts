import { InvalidMediaError } from '../errors.ts'
import { describeValue } from '../values/describe-value.ts'

/**
 * Checks that an argument is an object.
 *
 * @param what - What the object is, for messages: `The options of an image`.
 * @throws {@link InvalidMediaError}
 */
export function checkObject(value: unknown, what: string, hint: string): asserts value is object {
  if (typeof value === 'object' && value !== null) return
  throw new InvalidMediaError(`${what} are an object, not ${describeValue(value)}.`, hint)
}

/** Checks that an argument is a list. @throws {@link InvalidMediaError} */
export function checkList(value: unknown, what: string, hint: string): asserts value is readonly unknown[] {
  if (Array.isArray(value)) return
  throw new InvalidMediaError(`${what} are a list, not ${describeValue(value)}.`, hint)
}

/** Checks that each member of a list is an object. @throws {@link InvalidMediaError} */
export function checkObjects(value: unknown, what: string, hint: string): asserts value is readonly object[] {
  checkList(value, what, hint)
  value.forEach((member, index) => {
    checkObject(member, `${what}, of which number ${index} is wrong,`, hint)
  })
}
