import type { RunRow } from '@lossline/store'
import type { RunEdit } from '../domain/run-requests.ts'
import { ServerError } from '../errors.ts'
import type { WandbContext, WandbServices, WireObject } from './context.ts'
import { parseJsonObject } from './parse-json-object.ts'
import { parseStorageId } from './storage-id.ts'
import { toWireRun } from './wire-run.ts'

type Maybe<T> = T | null | undefined

/** `UpsertBucketInput`. Null and absent both mean: leave it. */
export interface UpsertBucketInput {
  readonly id?: Maybe<string>
  readonly name?: Maybe<string>
  readonly modelName?: Maybe<string>
  readonly entityName?: Maybe<string>
  readonly groupName?: Maybe<string>
  readonly description?: Maybe<string>
  readonly displayName?: Maybe<string>
  readonly notes?: Maybe<string>
  readonly tags?: Maybe<readonly string[]>
  readonly config?: Maybe<string>
  readonly summaryMetrics?: Maybe<string>
  readonly state?: Maybe<string>
  readonly commit?: Maybe<string>
  readonly host?: Maybe<string>
  readonly jobProgram?: Maybe<string>
  readonly jobRepo?: Maybe<string>
  readonly jobType?: Maybe<string>
  readonly sweep?: Maybe<string>
}

/** Where runs go that name no project. */
const defaultProject = 'uncategorized'

/**
 * One mutation for two things: a logging client names the run (`name`) and thereby announces it; an edit by `Api` or of the
 * summary gives the storage id alone and leaves the state as it is.
 */
export async function upsertBucket(
  input: UpsertBucketInput,
  services: WandbServices,
  context: WandbContext,
): Promise<WireObject> {
  const edit = toRunEdit(input)
  if (input.id != null && input.name == null) {
    const run = await services.runs.edit(parseStorageId(input.id), edit)
    return { bucket: toWireRun(run, services), inserted: false }
  }
  const known = input.id == null ? undefined : await findByStorageId(input.id, services)
  const at = {
    entity: known?.entity ?? orDefault(input.entityName, context.identity.defaultEntity),
    project: known?.project ?? orDefault(input.modelName, defaultProject),
  }
  // A program that goes on after its sweep was removed logs a run of none.
  const sweep = input.sweep && !(await services.sweeps.isRemoved(at, input.sweep)) ? input.sweep : undefined
  const { run, isCreated } = await services.runs.announce({
    ...at,
    runId: known?.runId ?? input.name ?? undefined,
    requestedState: toRequestedState(input.state),
    username: context.identity.username,
    edit: { ...edit, sweepId: sweep },
    writer: context.writer,
    heardAtMs: context.heardAtMs,
  })
  if (sweep !== undefined) await services.sweeps.join(run, context.identity.username)
  return { bucket: toWireRun(run, services), inserted: isCreated }
}

async function findByStorageId(id: string, services: WandbServices): Promise<RunRow> {
  const run = await services.runs.findById(parseStorageId(id))
  if (run === undefined) throw new ServerError({ code: 'not-found', message: `No run has the id "${id}".` })
  return run
}

function toRunEdit(input: UpsertBucketInput): RunEdit {
  return {
    displayName: input.displayName || undefined,
    notes: input.notes ?? undefined,
    description: input.description ?? undefined,
    tags: input.tags ?? undefined,
    group: input.groupName ?? undefined,
    jobType: input.jobType ?? undefined,
    sweepId: input.sweep ?? undefined,
    host: input.host ?? undefined,
    program: input.jobProgram ?? undefined,
    commit: input.commit ?? undefined,
    repo: input.jobRepo ?? undefined,
    config: toObjectText(input.config, 'config'),
    summary: toObjectText(input.summaryMetrics, 'summaryMetrics'),
  }
}

/** The text itself is stored, as it came; this only refuses what nobody could read back. */
function toObjectText(text: Maybe<string>, field: string): string | undefined {
  if (text == null) return undefined
  parseJsonObject(text, field)
  return text
}

function toRequestedState(state: Maybe<string>): 'pending' | 'running' {
  if (state == null || state === 'running') return 'running'
  if (state === 'pending') return 'pending'
  throw new ServerError({ code: 'invalid-request', message: `A run cannot start in the state "${state}".` })
}

function orDefault(text: Maybe<string>, fallback: string): string {
  return text == null || text === '' ? fallback : text
}
