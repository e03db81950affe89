import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  stringifyJson,
  unwrapConfig,
} from '@lossline/protocol'
import type { SweepRow } from '@lossline/store'

/** What a controller of the user's own has written for the server. */
export interface LocalSchedule {
  readonly entries: readonly ScheduleEntry[]
  /** Entries that runs were made of, in that order. */
  readonly scheduled: readonly { readonly id: string; readonly runId: string }[]
  /** Runs that it wants to end. */
  readonly stoppedRunIds: readonly string[]
}

/** Settings of a run that is to be. */
export interface ScheduleEntry {
  readonly id: string
  /** Undefined: there are no more. */
  readonly settings: JsonObject | undefined
}

/** What is no such document counts as an empty one: its writer will write it anew. */
export function readSchedule({ controller, scheduler }: SweepRow): LocalSchedule {
  const { schedule, earlystop } = parseObject(controller)
  return {
    entries: objectsOf(schedule).flatMap(({ id, data }) => {
      const args = isJsonObject(data) ? data.args : undefined
      if (typeof id !== 'string' || (args !== null && !isJsonObject(args))) return []
      return [{ id, settings: args === null ? undefined : unwrapConfig(args) }]
    }),
    scheduled: objectsOf(parseObject(scheduler).scheduled).map(({ id, runid }) => ({
      id: String(id),
      runId: String(runid),
    })),
    stoppedRunIds: Array.isArray(earlystop) ? earlystop.filter((runId) => typeof runId === 'string') : [],
  }
}

/** The first entry that no run has been made of, and which one it is of all, counted from 1. */
export function nextScheduled({
  entries,
  scheduled,
}: LocalSchedule): (ScheduleEntry & { readonly number: number }) | undefined {
  const entry = entries.find(({ id }) => !scheduled.some((one) => one.id === id))
  return entry && { ...entry, number: scheduled.length + 1 }
}

/** The document for the controller, in which one more entry has its run. */
export function withScheduled(
  { scheduler }: SweepRow,
  { id, runId }: { readonly id: string; readonly runId: string },
): string {
  const known = parseObject(scheduler)
  return stringifyJson({ ...known, scheduled: [...objectsOf(known.scheduled), { id, runid: runId }] })
}

function parseObject(text: string): JsonObject {
  try {
    const value = parseJson(text)
    return isJsonObject(value) ? value : {}
  } catch {
    return {}
  }
}

function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}
