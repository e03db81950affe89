export {
  type ConfigMap,
  type ConfigNumber,
  type ConfigValue,
  toPlainValue,
  toPythonText,
} from './config/config-value.ts'
export { countGridPoints, type FlatParameter, flattenParameters } from './config/flat-parameters.ts'
export type { Parameter, Step } from './config/parameter.ts'
export {
  type ParsedSweepConfig,
  parseSweepConfig,
  type SweepConfig,
  type SweepMethod,
  type SweepMetric,
} from './config/sweep-config.ts'
export { SweepConfigError } from './config/sweep-config-error.ts'
