import type { JsonObject } from '@lossline/protocol'
import type { Run } from '../run/run.ts'
import type { Settings } from '../settings/settings.ts'

/** What a sweep wants a run to be; whatever its program says of the same, it does not decide it. */
export interface SweepAssignment {
  readonly settings: Pick<
    Settings,
    'id' | 'project' | 'entity' | 'sweepId' | 'resume' | 'baseUrl' | 'apiKey' | 'dataDir' | 'dir'
  >
  /** Values of the config by their keys. */
  readonly config: JsonObject
  /** Set where the program is a function that an agent calls, and goes on calling when the run is over. */
  readonly trial?: Trial
}

/** The one call of a function to which a run belongs. */
export interface Trial {
  /** Aborts when the run is to end: a run that does not look after itself throws from its next call then, and the process goes on. */
  readonly signal: AbortSignal
  /** Hears of the run once it has begun. */
  onRun(run: Run<object>): void
  /** Somebody wants the run to end, by {@link Trial.signal} or in the page. */
  onStop(): void
}

/** Names of what a program sets and the sweep sets to something else. */
export function overruledNames(given: Settings, { settings }: SweepAssignment): readonly string[] {
  const names = Object.keys(settings) as (keyof SweepAssignment['settings'])[]
  return names.filter((name) => given[name] !== undefined && given[name] !== settings[name])
}
