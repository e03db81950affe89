import { nearestName } from '@lossline/protocol'
import { describeValue } from '../values/describe-value.ts'
import { InvalidOptionError } from './invalid-option-error.ts'

/** All options of a call by name: a table, so that the compiler finds a name that is missing or too many. */
export type OptionNames<Options> = { readonly [Name in keyof Options]-?: true }

/** What is wrong with the options of a call, and what to do about it. */
export interface OptionProblem {
  readonly message: string
  readonly hint: string
}

/**
 * Refuses options that are no object, and names that the call does not know: a mistyped one would be ignored without a word.
 * `undefined` passes, and values are not looked at.
 *
 * @param call - As in a program: `run.logArtifact`, `new Image`.
 * @throws {@link InvalidOptionError}
 */
export function checkOptions(call: string, options: unknown, names: Readonly<Record<string, true>>): void {
  const problem = findOptionProblem(options, names)
  if (problem !== undefined) throw new InvalidOptionError(call, problem.message, problem.hint)
}

/** What {@link checkOptions} would refuse, for calls that may not throw; undefined when all is well. */
export function findOptionProblem(options: unknown, names: Readonly<Record<string, true>>): OptionProblem | undefined {
  if (options === undefined) return undefined
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    return {
      message: `its options are one object, not ${describeValue(options)}.`,
      hint: `Pass { ${Object.keys(names).join(', ')} }, or some of them.`,
    }
  }
  // The commonest of wrong arguments: a run in place of the options that name it.
  if (Object.hasOwn(names, 'run') && typeof Reflect.get(options, 'defineMetric') === 'function') {
    return { message: 'its options are one object, not a run.', hint: 'Pass { run }.' }
  }
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(names, name))
  return unknown === undefined ? undefined : describeUnknownName(unknown, Object.keys(names))
}

/** Says that there is no option of a name, and which one may be meant. */
export function describeUnknownName(name: string, known: readonly string[], kind = 'option'): OptionProblem {
  const nearest = nearestName(name, known)
  return {
    message: `there is no ${kind} ${describeValue(name)}.`,
    hint: nearest === undefined ? `There ${areKnown(known, kind)}.` : `Did you mean ${nearest}?`,
  }
}

function areKnown(known: readonly string[], kind: string): string {
  return known.length === 1 ? `is the ${kind} ${known[0]}` : `are the ${kind}s ${known.join(', ')}`
}
