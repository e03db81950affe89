import { EvaluationError, invalidOption } from '../../errors.ts'
import { describe, invalidRow } from '../check-row.ts'

/** A class: by its name, or by its index. */
export type ClassLabel = string | number | boolean | bigint

/** The classes of an evaluation, known from the start or found in the rows. */
export interface ClassNames {
  readonly count: number
  /** Whether the list is complete from the start. */
  readonly isFixed: boolean
  /**
   * Index of a class.
   *
   * @throws EvaluationError `evaluation-label` for what is no class.
   */
  indexOf(member: string, label: unknown): number
  /** Reads a row: the classes that it adds are taken back where that throws, so that a refused row leaves nothing behind. */
  readRow<Read>(read: () => Read): Read
  /** Adds classes without names up to a number, because there are so many scores. */
  extendTo(count: number): void
  /** Names in the order of the indices. */
  names(): readonly string[]
  /** Indices in the order in which classes are shown: names that were found are sorted, so that the order of rows does not matter. */
  shownOrder(): readonly number[]
}

/** Classes of a confusion matrix, which has a cell for each pair: 2,000 take 32 MB. */
const classCountMax = 2000

/** Classes that the user lists. A row names them, or gives their index. */
export function listedClassNames(labels: readonly ClassLabel[]): ClassNames {
  if (labels.length === 0) throw invalidOption('labels is empty', 'List the classes, or leave it out.')
  refuseTooMany(labels.length)
  const names = labels.map(String)
  const byName = new Map(names.map((name, index) => [name, index]))
  if (byName.size < labels.length) throw invalidOption('labels holds a class twice', 'Pass each class once.')
  // An index could as well be meant as a name where names are numbers.
  const takesIndices = !labels.some((label) => typeof label === 'number' || typeof label === 'bigint')
  return {
    count: labels.length,
    isFixed: true,
    indexOf(member, label) {
      const name = nameOf(member, label)
      const isNumber = typeof label === 'number' || typeof label === 'bigint'
      const index = isNumber && takesIndices ? toIndex(label, labels.length) : byName.get(name)
      if (index !== undefined) return index
      throw unknownClass(member, label, 'Add it to labels.')
    },
    readRow: (read) => read(),
    extendTo: () => undefined,
    names: () => names,
    shownOrder: () => names.map((_, index) => index),
  }
}

/** Classes that the rows show: numbers are indices, `false` and `true` are 0 and 1, texts are names. */
export function foundClassNames(): ClassNames {
  const names: string[] = []
  const byName = new Map<string, number>()
  let kind: 'number' | 'boolean' | 'string' | undefined
  const extendTo = (count: number): void => {
    refuseTooMany(count)
    while (names.length < count) names.push(String(names.length))
  }
  const indexOfName = (name: string): number => {
    const known = byName.get(name)
    if (known !== undefined) return known
    refuseTooMany(names.length + 1)
    byName.set(name, names.length)
    return names.push(name) - 1
  }
  return {
    get count() {
      return names.length
    },
    isFixed: false,
    indexOf(member, label) {
      const name = nameOf(member, label)
      const given = typeof label === 'bigint' ? 'number' : (typeof label as 'number' | 'boolean' | 'string')
      kind ??= given
      if (kind !== given) throw unknownClass(member, label, `The rows before have labels of the type ${kind}.`)
      if (kind === 'string') return indexOfName(name)
      if (kind === 'boolean' && names.length === 0) names.push('false', 'true')
      const index = toIndex(Number(label), classCountMax)
      if (index === undefined) throw unknownClass(member, label, 'Without labels, numbers are indices of classes.')
      extendTo(index + 1)
      return index
    },
    readRow(read) {
      const [countBefore, kindBefore] = [names.length, kind]
      try {
        return read()
      } catch (error) {
        for (const name of names.splice(countBefore)) byName.delete(name)
        kind = kindBefore
        throw error
      }
    },
    extendTo: (count) => {
      if (kind !== 'string') extendTo(count)
    },
    names: () => names,
    shownOrder: () => {
      const order = names.map((_, index) => index)
      return kind === 'string' ? order.sort((one, other) => (names[one]! < names[other]! ? -1 : 1)) : order
    },
  }
}

function nameOf(member: string, label: unknown): string {
  if (typeof label === 'string' || typeof label === 'number') return String(label)
  if (typeof label === 'boolean' || typeof label === 'bigint') return String(label)
  throw invalidRow(member, label, 'the name of a class, or its index')
}

function toIndex(label: number | bigint, count: number): number | undefined {
  const index = Number(label)
  return Number.isInteger(index) && index >= 0 && index < count ? index : undefined
}

function unknownClass(member: string, label: unknown, hint: string): EvaluationError {
  return new EvaluationError({
    code: 'evaluation-label',
    message: `${member} of the row is ${describe(label)}, which is no class.`,
    hint,
  })
}

function refuseTooMany(count: number): void {
  if (count <= classCountMax) return
  throw invalidOption(`There are ${count} classes`, `Up to ${classCountMax} are counted.`)
}
