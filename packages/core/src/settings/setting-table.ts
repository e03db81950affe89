import {
  consoleCapture,
  entityName,
  flag,
  httpUrl,
  milliseconds,
  mode,
  oneOf,
  pathList,
  projectName,
  reinit,
  resume,
  runId,
  runStep,
  type SettingParser,
  samplingInterval,
  tagList,
  text,
  textList,
} from './setting-kinds.ts'
import type { Durability, Settings } from './settings.ts'

/** How one setting is read from outside. */
export interface SettingSpec<Value> {
  readonly parse: SettingParser<Value>
  /** Name in the environment after `LOSSLINE_`; in lower case also the key in a settings file. */
  readonly environment: string
  /** Name in the environment after `WANDB_`, where W&B has such a setting. */
  readonly wandb?: string
  /** Turns W&B's text into what {@link parse} takes, where its unit is another. */
  fromWandb?(value: string): unknown
}

/** All settings, with their names outside. */
export const settingTable: { readonly [Name in keyof Settings]-?: SettingSpec<NonNullable<Settings[Name]>> } = {
  project: same('PROJECT', projectName),
  entity: same('ENTITY', entityName),
  id: same('RUN_ID', runId),
  name: same('NAME', text),
  notes: same('NOTES', text),
  tags: same('TAGS', tagList),
  group: same('RUN_GROUP', text),
  jobType: same('JOB_TYPE', text),
  sweepId: same('SWEEP_ID', text),
  dir: same('DIR', text),
  // W&B has a variable of this name too, for staged artifacts.
  dataDir: { environment: 'DATA_DIR', parse: text },
  mode: same('MODE', mode),
  resume: same('RESUME', resume),
  resumeFrom: same('RESUME_FROM', runStep),
  forkFrom: same('FORK_FROM', runStep),
  label: { environment: 'LABEL', wandb: 'X_LABEL', parse: text },
  primary: { environment: 'PRIMARY', wandb: 'X_PRIMARY', parse: flag },
  baseUrl: same('BASE_URL', httpUrl),
  apiKey: same('API_KEY', text),
  console: same('CONSOLE', consoleCapture),
  silent: same('SILENT', flag),
  quiet: same('QUIET', flag),
  allowValChange: same('ALLOW_VAL_CHANGE', flag),
  strict: same('STRICT', flag),
  reinit: same('REINIT', reinit),
  durability: { environment: 'DURABILITY', parse: oneOf<Durability>('batched', 'sync') },
  finishTimeoutMs: { environment: 'FINISH_TIMEOUT_MS', parse: milliseconds },
  ignoreGlobs: same('IGNORE_GLOBS', textList),
  disableMetadata: { environment: 'DISABLE_METADATA', wandb: 'X_DISABLE_META', parse: flag },
  systemMetricsIntervalMs: {
    environment: 'SYSTEM_METRICS_INTERVAL_MS',
    wandb: 'X_STATS_SAMPLING_INTERVAL',
    parse: samplingInterval,
    fromWandb: (seconds) => Number(seconds) * 1000,
  },
  systemMetricsDiskPaths: { environment: 'SYSTEM_METRICS_DISK_PATHS', wandb: 'X_STATS_DISK_PATHS', parse: pathList },
  disableSystemMetrics: { environment: 'DISABLE_SYSTEM_METRICS', wandb: 'X_DISABLE_STATS', parse: flag },
  disableGit: same('DISABLE_GIT', flag),
  saveRequirements: { environment: 'SAVE_REQUIREMENTS', wandb: 'X_SAVE_REQUIREMENTS', parse: flag },
  gitRemote: same('GIT_REMOTE', text),
  gitRemoteUrl: same('GIT_REMOTE_URL', text),
  gitCommit: same('GIT_COMMIT', text),
  host: same('HOST', text),
  program: same('PROGRAM', text),
  username: same('USERNAME', text),
}

/** A setting whose names in W&B's environment and ours have the same end. */
function same<Value>(environment: string, parse: SettingParser<Value>): SettingSpec<Value> {
  return { environment, wandb: environment, parse }
}
