export {
  checkOptions,
  describeUnknownName,
  findOptionProblem,
  type OptionNames,
  type OptionProblem,
} from '../options/check-options.ts'
export { beforeFinish } from '../run/before-finish.ts'
export { describeValue } from '../values/describe-value.ts'
export { hasMethod, isAnyIterable, isIterable, isPromise } from '../values/duck-types.ts'
export { claimName } from './claim-name.ts'
export { findRunProblem } from './find-run-problem.ts'
export { createProblemReporter, messageOf, type Problem, type ReportProblem } from './problems.ts'
export type { RunLike } from './run-like.ts'
export { isShadowed, type Shadowing, shadowMethod } from './shadow-method.ts'
export { withoutUndefined } from './without-undefined.ts'
export { createYielder, giveTurn } from './yielder.ts'
