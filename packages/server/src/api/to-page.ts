import {
  type EntityMember,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type ProjectSummary,
  type RunDetail,
  type RunSummary,
  type StrictJsonObject,
  toStrictJson,
} from '@lossline/protocol'
import type { MemberRow, ProjectRow, RunRow, StateChangeRow } from '@lossline/store'
import { environments } from '../domain/config-writers.ts'
import { runtimeSeconds, runValues } from '../domain/run-values.ts'

/** Somebody who belongs to a team. */
export function toEntityMember({ user, role }: MemberRow): EntityMember {
  return { name: user.name, role, isService: user.kind === 'service' }
}

/** A project as lists show it. */
export function toProjectSummary(row: ProjectRow): ProjectSummary {
  const { id: _, name, sampleLoadedAtMs, ...rest } = row
  const { description: _description, access: _access, protectedAliases: _aliases, ...shown } = rest
  return { ...shown, project: name, isSample: sampleLoadedAtMs !== null }
}

/** A run as lists show it. */
export function toRunSummary(run: RunRow): RunSummary {
  return {
    runId: run.runId,
    displayName: run.displayName,
    state: run.state,
    stateCause: run.stateCause,
    number: run.number,
    createdAtMs: run.createdAtMs,
    heartbeatAtMs: run.heartbeatAtMs,
    runtimeSeconds: runtimeSeconds(run),
    tags: run.tags,
    group: run.group,
    jobType: run.jobType,
    sweepId: run.sweepId,
    host: run.host,
    color: run.color,
    notes: run.notes,
    username: run.username,
    lastStep: run.lastStep ?? null,
    revision: run.revision,
    historyRevision: run.historyRevision,
  }
}

/** A run with everything that its own page shows. */
export function toRunDetail(run: RunRow, stateChanges: readonly StateChangeRow[]): RunDetail {
  const { config, internals, summary } = runValues(run)
  const { _wandb: _, ...ownSummary } = summary
  return {
    ...toRunSummary(run),
    entity: run.entity,
    project: run.project,
    program: run.program,
    commit: run.commit,
    repo: run.repo,
    exitCode: run.exitCode ?? null,
    finishedAtMs: run.finishedAtMs ?? null,
    isStopRequested: run.isStopRequested,
    stateChanges: stateChanges.map(({ atMs, state, cause }) => ({ atMs, state, cause })),
    config: toStrictObject(config),
    summary: toStrictObject(ownSummary),
    metadata: toStrictObject(mergeEnvironments(internals)),
    historyLineCount: run.historyLineCount,
    logLineCount: run.logLineCount,
  }
}

/** Environments of all processes that wrote the run; the ones listed later win. */
function mergeEnvironments(internals: JsonObject): JsonObject {
  const byWriter = environments({ _wandb: { value: internals } }) ?? {}
  const merged: Record<string, JsonValue> = {}
  for (const environment of Object.values(byWriter)) if (isJsonObject(environment)) Object.assign(merged, environment)
  return merged
}

function toStrictObject(value: JsonObject): StrictJsonObject {
  // An object stays an object.
  return toStrictJson(value) as StrictJsonObject
}
