import type { ConfigItem, ConfigRecord, JsonValue, RunRecord, TelemetryRecord, Timestamp } from '@lossline/protocol'
import { stringifyJson } from '@lossline/protocol'
import { isArtifact } from '../artifacts/artifact-mark.ts'
import type { ConfigChange, ConfigTree } from '../config/config-tree.ts'
import type { Redactor } from '../redaction/redaction.ts'
import type { OriginFacts } from '../resume/origin-facts.ts'
import type { Settings } from '../settings/settings.ts'
import { type ConversionContext, toJson } from '../values/to-leaves.ts'
import { version } from '../version.ts'

/** What identifies a run and what people call it. */
export interface RunFacts {
  readonly id: string
  readonly project: string
  readonly entity: string | undefined
  readonly group: string | undefined
  readonly jobType: string | undefined
  readonly sweepId: string | undefined
  readonly host: string | undefined
  readonly startedAt: Date
  readonly name: string
  /** Whether others name the run, and `name` is only what this process calls it. */
  readonly isNameOfOthers?: boolean
  readonly notes: string | undefined
  readonly tags: readonly string[]
  readonly origin: OriginFacts
  readonly git: { readonly commit?: string; readonly remoteUrl?: string } | undefined
}

/** The whole run record: each update repeats all of it, since a missing start time is read as 1970. */
export function toRunRecord(facts: RunFacts): RunRecord {
  return {
    runId: facts.id,
    project: facts.project,
    entity: facts.entity ?? '',
    ...(facts.isNameOfOthers ? {} : { displayName: facts.name }),
    startTime: toTimestamp(facts.startedAt),
    tags: [...facts.tags],
    ...(facts.group === undefined ? {} : { runGroup: facts.group }),
    ...(facts.jobType === undefined ? {} : { jobType: facts.jobType }),
    ...(facts.notes === undefined ? {} : { notes: facts.notes }),
    ...(facts.sweepId === undefined ? {} : { sweepId: facts.sweepId }),
    ...(facts.host === undefined ? {} : { host: facts.host }),
    ...(facts.git === undefined ? {} : { git: { ...facts.git } }),
    ...toOriginFields(facts.origin),
  }
}

function toOriginFields({ isResumed, startingStep, earlierRuntimeSeconds, branch, isForked }: OriginFacts): RunRecord {
  return {
    ...(isResumed ? { resumed: true } : {}),
    ...(startingStep > 0 ? { startingStep } : {}),
    ...(earlierRuntimeSeconds > 0 ? { runtime: earlierRuntimeSeconds } : {}),
    ...(isForked ? { forked: true } : {}),
    ...(branch === undefined ? {} : { branchPoint: { run: branch.runId, value: branch.step, metric: '_step' } }),
  }
}

/** Says which SDK wrote the run and which options it was given. */
export function toTelemetry(settings: Settings, hasConfig: boolean): TelemetryRecord {
  const feature = {
    ...(settings.name === undefined ? {} : { setInitName: true }),
    ...(settings.id === undefined ? {} : { setInitId: true }),
    ...(settings.tags === undefined ? {} : { setInitTags: true }),
    ...(hasConfig ? { setInitConfig: true } : {}),
    ...(settings.mode === 'shared' ? { sharedMode: true } : {}),
  }
  return { cliVersion: version, feature }
}

/**
 * The config as it is at the start.
 *
 * @param internals - What goes below `_wandb`.
 */
export function toInitialConfig(
  config: ConfigTree,
  redactor: Redactor,
  onSkip: ConversionContext['onSkip'],
  internals: readonly ConfigItem[] = [],
): ConfigRecord {
  const values = config.read([]) as Record<string, unknown>
  // Artifacts are written when the run has taken them as input.
  const plain = Object.entries(values).filter(([, value]) => !isArtifact(value))
  const changes = plain.map(([key, value]) => ({ kind: 'set', path: [key], value }) as const)
  const [record] = toConfigRecords(changes, configContext(redactor, onSkip))
  return { update: [...(record?.update ?? []), ...internals], remove: [] }
}

/** Turns config changes into records. Removals come first: within one record they would undo what it sets. */
export function toConfigRecords(changes: readonly ConfigChange[], context: ConversionContext): ConfigRecord[] {
  const removed: ConfigItem[] = []
  const updated: ConfigItem[] = []
  for (const change of changes) {
    if (change.kind === 'remove') removed.push(toConfigItem(change.path, ''))
    else {
      const json = toJson(change.value, context, change.path)
      if (json !== undefined) updated.push(toConfigItem(change.path, stringifyJson(json)))
    }
  }
  const records: ConfigRecord[] = []
  if (removed.length > 0) records.push({ update: [], remove: removed })
  if (updated.length > 0) records.push({ update: updated, remove: [] })
  return records
}

/** A value below `_wandb.lossline` of the config, where readers of the format look for nothing and stumble over nothing. */
export function toInternalConfig(key: string, value: JsonValue): ConfigRecord {
  return { update: [toConfigItem(['_wandb', 'lossline', key], stringifyJson(value))], remove: [] }
}

/** Conversion of config values, which hides secrets. */
export function configContext(redactor: Redactor, onSkip: ConversionContext['onSkip']): ConversionContext {
  return {
    destination: 'config',
    onSkip,
    replaceLeaf: (json, path) => redactor.nestedValue(path, json, `config.${path.join('.')}`),
  }
}

/** Seconds and nanoseconds of a point in time. */
export function toTimestamp(date: Date): Timestamp {
  const timeMs = date.getTime()
  const seconds = Math.floor(timeMs / 1000)
  return { seconds, nanos: (timeMs - seconds * 1000) * 1_000_000 }
}

// W&B's own client writes a top-level value under its plain key, and only deeper ones under a path.
function toConfigItem(path: readonly string[], valueJson: string): ConfigItem {
  const [key = '', ...rest] = path
  return rest.length === 0 ? { key, nestedKey: [], valueJson } : { key: '', nestedKey: [...path], valueJson }
}
