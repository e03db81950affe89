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

/**
 * The run as it is at `nowMs`: one that has been silent for too long is shown as crashed also before the sweeper wrote it.
 *
 * @param upSinceMs - Since when this server listens: nothing could arrive before, so silence counts from then.
 */
export function withLiveness(run: RunRow, nowMs: number, upSinceMs: number): RunRow {
  if (run.state !== 'running' && run.state !== 'preempting') return run
  const silentMs = nowMs - Math.max(run.heartbeatAtMs, upSinceMs)
  if (silentMs <= allowedMs[run.state]) return run
  const cause = `no heartbeat since ${new Date(run.heartbeatAtMs).toISOString()}`
  return { ...run, ...nextState(run, { kind: 'lost', cause }) }
}

/** The same for filters: which stored states count as another one, and for how old a sign of life. */
export function presumedStates(nowMs: number, upSinceMs: number): readonly PresumedState[] {
  const presume = (from: keyof typeof allowedMs, to: PresumedState['to']): readonly PresumedState[] => {
    const heartbeatBeforeMs = nowMs - allowedMs[from]
    return upSinceMs < heartbeatBeforeMs ? [{ from, to, heartbeatBeforeMs }] : []
  }
  return [...presume('running', 'crashed'), ...presume('preempting', 'preempted')]
}
