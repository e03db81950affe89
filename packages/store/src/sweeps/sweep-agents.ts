/** A program that asks a sweep for runs and starts them. */
export interface SweepAgentRow {
  /** Storage id: stable, unique over all sweeps. */
  readonly id: number
  /** Storage id of its sweep. */
  readonly sweep: number
  /** Unique in its sweep. */
  readonly name: string
  /** The machine's name, as it says. */
  readonly host: string
  /** Who let it work. */
  readonly username: string
  readonly createdAtMs: number
  /** Its last sign of life; at first the time of its registration. */
  readonly heartbeatAtMs: number
  /** Runs that it was given or was seen with, by their ids. */
  readonly runs: readonly SweepAgentRun[]
}

/** A run of an agent. */
export interface SweepAgentRun {
  readonly runId: string
  /** The agent's last sign of life named it. */
  readonly isLive: boolean
  /** How many times agents were told to start it, this one the last time; 0: another one was, or it has it from elsewhere. */
  readonly offerCount: number
}

/** Which agents; oldest first. */
export type SweepAgentQuery =
  | { readonly id: number }
  /** Of a sweep, all or the one of a name. */
  | { readonly sweep: number; readonly name?: string }

/**
 * `put-sweep-agent` registers one. `hear-sweep-agent` is a sign of life with the runs that it has now, queued or running; those
 * that it had before stay among its runs. `offer-sweep-run` notes that it was told to start one, and how many times agents were: for
 * all others of the sweep that count is 0 from then on. They go with their sweep.
 *
 * @throws `not-found` where there is no such sweep or agent.
 */
export type SweepAgentWrite =
  | {
      readonly kind: 'put-sweep-agent'
      readonly sweep: number
      readonly name: string
      readonly host: string
      readonly username: string
      readonly nowMs: number
    }
  | {
      readonly kind: 'hear-sweep-agent'
      readonly agent: number
      readonly runIds: readonly string[]
      readonly nowMs: number
    }
  | {
      readonly kind: 'offer-sweep-run'
      readonly agent: number
      readonly runId: string
      readonly offerCount: number
    }
