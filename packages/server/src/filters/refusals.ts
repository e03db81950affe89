import { ServerError } from '../errors.ts'

export function invalidFilter(message: string, hint?: string): ServerError {
  return new ServerError({
    code: 'invalid-request',
    message: `invalid filter: ${message}`,
    ...(hint === undefined ? {} : { hint }),
  })
}

export function unsupported(what: string): ServerError {
  return new ServerError({ code: 'unsupported-operation', message: `invalid filter: ${what} is not supported` })
}

/** Keeps a filter to what is answered in bounded time: each question may be put to every run of a project. */
export interface FilterBudget {
  nested<T>(read: () => T): T
  countTest(): void
  countOperands(count: number): void
}

const depthMax = 50
const testCountMax = 500
// SQLite takes 32,766 parameters in one statement.
const operandCountMax = 10_000

export function createFilterBudget(): FilterBudget {
  let depth = 0
  let testCount = 0
  let operandCount = 0
  return {
    nested(read) {
      depth += 1
      if (depth > depthMax) throw invalidFilter(`it is nested deeper than ${depthMax}`)
      const result = read()
      depth -= 1
      return result
    },
    countTest() {
      testCount += 1
      if (testCount <= testCountMax) return
      throw invalidFilter(`it has more than ${testCountMax} comparisons`, 'Compare one field with many values by $in.')
    },
    countOperands(count) {
      operandCount += count
      if (operandCount <= operandCountMax) return
      throw invalidFilter(`its lists hold more than ${operandCountMax} values`, 'Ask in several parts.')
    },
  }
}
