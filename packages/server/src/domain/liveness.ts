import type { PresumedState, RunRow } from '@lossline/store'
import { nextState } from './run-state.ts'

/**
 * W&B's client sends something every 30 s, but may be silent for one attempt (180 s) and a back-off (60 s): shorter than
 * this and a slow network looks like a crash.
 */
export const silenceMsMax: number = 5 * 60_000

/** A run that announced its preemption gets this many times as long. */
const preemptionGraceFactor = 4

const allowedMs = { running: silenceMsMax, preempting: silenceMsMax * preemptionGraceFactor } as const

/** Runs that may be silent for longer, each until a time (Unix milliseconds). By storage id. */
export type AllowedSilence = Map<number, number>

/** By what silence is judged. Unix milliseconds. */
export interface SilenceTimes {
  readonly nowMs: number
  /** Since when this server listens: nothing could arrive before, so silence counts from then. */
  readonly upSinceMs: number
  readonly allowed: AllowedSilence
}

/**
 * The run as it is at `nowMs`: one that has been silent for too long is shown as crashed also before the sweeper wrote it.
 */
export function withLiveness(run: RunRow, { nowMs, upSinceMs, allowed }: SilenceTimes): RunRow {
  if (run.state !== 'running' && run.state !== 'preempting') return run
  if ((allowed.get(run.id) ?? 0) > nowMs) return run
  const silentMs = nowMs - Math.max(run.heartbeatAtMs, upSinceMs)
  if (silentMs <= allowedMs[run.state]) return run
  const cause = `no heartbeat since ${new Date(run.heartbeatAtMs).toISOString()}`
  return { ...run, ...nextState(run, { kind: 'lost', cause }) }
}

/** The same for filters: which stored states count as another one, and for how old a sign of life. */
export function presumedStates({ nowMs, upSinceMs, allowed }: SilenceTimes): readonly PresumedState[] {
  const exceptIds = [...allowed].flatMap(([id, untilMs]) => (untilMs > nowMs ? [id] : []))
  const presume = (from: keyof typeof allowedMs, to: PresumedState['to']): readonly PresumedState[] => {
    const heartbeatBeforeMs = nowMs - allowedMs[from]
    return upSinceMs < heartbeatBeforeMs ? [{ from, to, heartbeatBeforeMs, exceptIds }] : []
  }
  return [...presume('running', 'crashed'), ...presume('preempting', 'preempted')]
}
