export {
  type ConfigMap,
  type ConfigNumber,
  type ConfigValue,
  isConfigList,
  toPlainValue,
  toPythonText,
} from './config/config-value.ts'
export { type FlatParameter, flattenParameters } from './config/flat-parameters.ts'
export type { Parameter, Step } from './config/parameter.ts'
export { parseYaml } from './config/parse-yaml.ts'
export { stringifyYaml, toConfigValue } from './config/stringify-yaml.ts'
export { summaryKeys } from './config/summary-keys.ts'
export {
  type ParsedSweepConfig,
  parseSweepConfig,
  type SweepConfig,
  type SweepMethod,
  type SweepMetric,
  type SweepSampler,
} from './config/sweep-config.ts'
export { SweepConfigError } from './config/sweep-config-error.ts'
export { distribution, type NumberParameter, quantile } from './distributions/distribution.ts'
export {
  type EarlyTermination,
  type Hyperband,
  type MedianRule,
  readEarlyTermination,
  type SuccessiveHalving,
} from './early-stopping/early-termination.ts'
export { type EarlyStop, findRunsToStop } from './early-stopping/runs-to-stop.ts'
export { suggestByBayes } from './search/bayes/bayes-search.ts'
export type { Imputation } from './search/bayes/observations.ts'
export { suggestByCmaes } from './search/cmaes/cmaes-search.ts'
export { condenseTrials } from './search/condense-trials.ts'
export { createGrid, type Grid } from './search/grid-search.ts'
export type { ModelOptions } from './search/model-search.ts'
export { quasiRandomPoints } from './search/quasi-random.ts'
export { createRandomSource, type RandomSource } from './search/random-source.ts'
export { createSearchSpace, type Dimension, type SearchSpace } from './search/search-space.ts'
export { suggest } from './search/suggest.ts'
export type { Expectation, Suggestion } from './search/suggestion.ts'
export { hasReachedTarget } from './search/target.ts'
export { suggestByTpe } from './search/tpe/tpe-search.ts'
export type { Assignment, Trial, TrialState } from './search/trial.ts'
