export { LosslineError } from '@lossline/protocol'
export type { ConfigMethods, ConfigUpdateOptions, DeepPartial, RunConfig } from './config/run-config.ts'
export type { CoreErrorCode } from './errors.ts'
export {
  ApiKeyMissingError,
  ConfigLockedError,
  CoreError,
  CyclicValueError,
  InitTwiceError,
  InvalidKeyError,
  InvalidMetricDefinitionError,
  InvalidMetricsError,
  InvalidSettingError,
  InvalidStepError,
  LocalServerMissingError,
  NoActiveRunError,
  OfflineAskError,
  ReservedKeyError,
  RunDirectoryError,
  RunFinishedError,
  ServerRequestError,
} from './errors.ts'
export type { DefineMetricOptions, SummaryStatistic } from './metrics/metric-definition.ts'
export { findDataDirectory } from './node/data-directory.ts'
export { init } from './node/init.ts'
export { findStoredApiKey, readSettings } from './node/settings-layers.ts'
export { activeRun } from './run/active-runs.ts'
export type { InitOptions } from './run/init-options.ts'
export { defineMetric, finish, log } from './run/module-functions.ts'
export type { FinishOptions, LogOptions, Metrics, Run } from './run/run.ts'
export type { RunSummary, SummaryMethods } from './run/run-summary.ts'
export type { AskOptions, ServerConnection, ServerPlace } from './server/server-connection.ts'
export type { Durability, Mode, Reinit, Settings } from './settings/settings.ts'
