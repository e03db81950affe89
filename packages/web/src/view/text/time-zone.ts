import { createValueStore, type ValueStore } from '../address/value-store.ts'
import { readJson, writeJson } from '../browser/local-json.ts'

/** Whose clock times are written by: that of this computer, or UTC. */
export type TimeZone = 'local' | 'utc'

const key = 'lossline-time-zone'

/** What somebody chose, for all times on the page; kept in this browser. Default: local. */
export const timeZone: ValueStore<TimeZone> = createValueStore<TimeZone>(
  readJson(key) === 'utc' ? 'utc' : 'local',
  (zone) => writeJson(key, zone),
)

/** Day and clock of a time as `2026-11-24` and `14:02:31`. */
export function clockParts(timeMs: number, zone: TimeZone = timeZone.get()): readonly [day: string, clock: string] {
  const date = new Date(timeMs)
  // As many minutes later as the local clock is ahead, so that the parts of UTC are those of the local one.
  const shown = zone === 'utc' ? date : new Date(timeMs - date.getTimezoneOffset() * 60_000)
  const two = (part: number): string => String(part).padStart(2, '0')
  return [
    [shown.getUTCFullYear(), two(shown.getUTCMonth() + 1), two(shown.getUTCDate())].join('-'),
    [shown.getUTCHours(), shown.getUTCMinutes(), shown.getUTCSeconds()].map(two).join(':'),
  ]
}
