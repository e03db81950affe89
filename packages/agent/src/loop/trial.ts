import type { JsonObject } from '@lossline/protocol'

/** A run that a sweep has assigned to an agent. */
export interface AssignedRun {
  readonly runId: string
  /** Values of the sweep's parameters by name. */
  readonly settings: JsonObject
  /** It was begun before, and goes on. */
  readonly isResumed: boolean
}

/** How a trial ended: as a program does, with an error, or because it was asked to. */
export interface TrialEnd {
  readonly outcome: 'finished' | 'failed' | 'stopped'
  /** Why, for people. */
  readonly reason?: string | undefined
}

/** An assigned run whose program is at work. */
export interface StartedTrial {
  /** Never rejects. */
  readonly ended: Promise<TrialEnd>
  /** Asks it to end. The next time, if it has not, it is made to. */
  stop(): void
  /** Ends it at once, where that is possible. */
  kill(): void
}
