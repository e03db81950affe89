import type { RunWriter } from '@lossline/journal'
import type { JsonObject } from '@lossline/protocol'
import type { ConfigTree } from '../config/config-tree.ts'
import type { SharedWriter } from '../life/shared-writer.ts'
import type { StopRequest } from '../life/stop-request.ts'
import type { Platform } from '../platform.ts'
import type { Redactor } from '../redaction/redaction.ts'
import type { Mode } from '../settings/settings.ts'
import type { SkippedValues } from '../values/skipped-values.ts'
import type { RunConnection } from './run-connection.ts'
import type { Messenger } from './run-messages.ts'
import type { RunPage } from './run-page.ts'
import type { RunFacts } from './run-records.ts'

/** What a run is made of. */
export interface LoggedRunParts {
  readonly platform: Platform
  readonly writer: RunWriter
  readonly facts: RunFacts
  readonly mode: Mode
  readonly directory: string
  /** For what needs a server's answer. */
  readonly connection: RunConnection
  readonly config: ConfigTree
  readonly allowValChange: boolean
  readonly isStrict: boolean
  /** The summary that an earlier process of the run left; undefined for a new run. */
  readonly earlierSummary: JsonObject | undefined
  readonly redactor: Redactor
  readonly messenger: Messenger
  readonly quietMessenger: Messenger
  readonly skipped: SkippedValues
  readonly finishTimeoutMs: number
  /** Set for one of several processes that write the run. */
  readonly shared: SharedWriter | undefined
  /** Starts to look whether somebody wants the program to end. */
  openStopRequest(): StopRequest
  /** Called after a good end: the run need not go on. */
  forgetResume(): void
  /** Whether standard output and error become part of the run. */
  readonly isConsoleCaptured: boolean
  /** Where people can look at it. */
  readonly page: RunPage
}
