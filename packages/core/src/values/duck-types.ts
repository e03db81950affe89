/** Whether something has a method of a name; functions have too. */
export function hasMethod(value: unknown, name: PropertyKey): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
  return typeof Reflect.get(value, name) === 'function'
}

/** Whether something is still to be awaited, whoever's promise it is. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return hasMethod(value, 'then')
}

/** Whether an object can be gone through. A text is no list of its letters here. */
export function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && hasMethod(value, Symbol.iterator)
}

/** The same with `for await`, so that lists and streams both will do. */
export function isAnyIterable(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
  return isIterable(value) || (typeof value === 'object' && hasMethod(value, Symbol.asyncIterator))
}
