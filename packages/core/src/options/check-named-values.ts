import { describeValue } from '../values/describe-value.ts'
import { InvalidOptionError } from './invalid-option-error.ts'

const collections = [Map, Set, Date, RegExp, Promise, ArrayBuffer]

/**
 * Checks that values come by name, as those of the config and the summary: in an object that is no list or collection, whose
 * members would be lost.
 *
 * @param call - As in a program: `init: config`.
 * @throws {@link InvalidOptionError}
 */
export function checkNamedValues(call: string, values: unknown): asserts values is object {
  const isWrong =
    typeof values !== 'object' ||
    values === null ||
    Array.isArray(values) ||
    ArrayBuffer.isView(values) ||
    collections.some((collection) => values instanceof collection)
  if (!isWrong) return
  throw new InvalidOptionError(
    call,
    `values come by name, in an object, not in ${describeValue(values)}.`,
    values instanceof Map
      ? 'Turn a Map into an object with Object.fromEntries(map).'
      : 'Give each value a name: { learningRate: 0.1 }.',
  )
}

/** Checks that what holds options by name is an object at all. @throws {@link InvalidOptionError} */
export function checkIsObject(call: string, options: unknown, hint: string): asserts options is object {
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) return
  throw new InvalidOptionError(call, `its options are one object, not ${describeValue(options)}.`, hint)
}
