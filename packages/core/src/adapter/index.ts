export {
  checkOptions,
  describeUnknownName,
  findOptionProblem,
  type OptionNames,
  type OptionProblem,
} from '../options/check-options.ts'
export { beforeFinish } from '../run/before-finish.ts'
export { createProblemReporter, messageOf, type Problem, type ReportProblem } from './problems.ts'
export { isShadowed, type Shadowing, shadowMethod } from './shadow-method.ts'
