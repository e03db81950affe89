import { isPromise } from './duck-types.ts'

/** A value in the few words that an error message has for it. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
  if (Array.isArray(value)) return 'an array'
  if (isPromise(value)) return 'a promise (await it first)'
  if (typeof value === 'object' && value !== null) {
    const name: unknown = value.constructor?.name
    return typeof name === 'string' && name !== 'Object' ? `a ${name}` : 'an object'
  }
  return typeof value === 'function' ? 'a function' : String(value)
}
