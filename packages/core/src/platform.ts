import type { OpenRunWriterOptions, RunWriter, SenderTarget } from '@lossline/journal'
import type { EnvironmentRecord } from '@lossline/protocol'
import type { ArtifactFiles } from './artifacts/artifact-files.ts'
import type { ServerConnection, ServerPlace } from './server/server-connection.ts'
import type { SettingsLayer } from './settings/resolve-settings.ts'
import type { Settings } from './settings/settings.ts'
import type { SweepAssignment } from './sweep/assignment.ts'

/** Where a run is kept. */
export interface RunPlace {
  /** The folder `.lossline`. */
  readonly dataDirectory: string
  readonly runDirectory: string
}

/** Parts of a run that earlier processes wrote, and the server that is to have them. */
export interface EarlierParts {
  readonly dataDirectory: string
  readonly runId: string
  readonly target: SenderTarget
  /** Longest wait. */
  readonly timeoutMs: number
  /** Called once, if there is something to send. */
  onSending(): void
}

/** What becomes known about the surroundings of a run only after a while. */
export interface LateFacts {
  readonly git?: {
    readonly commit?: string
    readonly remoteUrl?: string
    readonly branch?: string
    readonly isDirty?: boolean
  }
  readonly disk?: EnvironmentRecord['disk']
  /** Lines `name==version`; empty when nothing is known. */
  readonly requirements?: string
}

/** What a run does when its process ends without `finish`. None of these may throw. */
export interface ProcessEndHooks {
  /** The process ends now; nothing asynchronous happens any more. */
  onExit(exitCode: number): void
  /**
   * A signal is about to end the process. A promise delays the end until it settles, or until the next signal.
   *
   * @param exitCode - 128 plus the number of the signal.
   */
  onSignal(exitCode: number): Promise<void> | undefined
  /** An error or rejection that nobody caught, as text. The process need not end. */
  onUncaughtError(text: string): void
  /** The program has nothing left to do. What is started now keeps the process alive. */
  onIdle(): void
}

/** A watch over the end of the process, for one run. */
export interface ProcessEndWatch {
  /** The event loop stands still, so no signal reaches {@link ProcessEndHooks}: signals do what they always do. */
  letSignalsThrough(): void
  /** The event loop turns again. */
  watchSignals(): void
  close(): void
}

/** A stream whose output is captured. */
export type ConsoleStream = 'stdout' | 'stderr'

/** The terminal that the user looks at. */
export interface Terminal {
  /** Its width in characters, now. */
  readonly columns: number
  /** Shows a line in the place of the one shown before; '' takes it away. Never throws. */
  redraw(line: string): void
}

/** All that the SDK needs from where it runs. `node/` holds the one for Node; browsers will have another. */
export interface Platform {
  /** Settings from outside the program, and on top of them those that the program gives; lowest first. */
  readSettingsLayers(given: readonly SettingsLayer[]): SettingsLayer[]
  /** What a sweep wants the next run to be, for the one who starts it. @throws {@link SweepParametersError} */
  takeAssignment(): Promise<SweepAssignment | undefined>
  /** The key that is stored on this machine for a host. */
  findStoredApiKey(host: string): string | undefined
  /** Values that must not be written anywhere. */
  knownSecrets(): string[]
  /** The folder that will hold the run; it need not exist yet. */
  findDataDirectory(settings: Settings): string
  /** Which run of a data folder goes on with `resume: 'auto'`. */
  readonly resumeIds: {
    read(dataDirectory: string): string | undefined
    write(dataDirectory: string, runId: string): void
    forget(dataDirectory: string, runId: string): void
  }
  /** Sends what processes that are gone have left unsent of a run. Never rejects. */
  sendEarlierParts(parts: EarlierParts): Promise<void>
  /** Calls back when somebody wants the program of a run to end; `look` looks at once. */
  watchStop(runDirectory: string, onWanted: () => void): { look(): void; close(): void }
  /** Ends the program as Ctrl-C does. */
  interrupt(): void
  defaultProjectName(settings: Settings): string
  /** Makes the run's folder. May throw. */
  createRunPlace(options: { settings: Settings; runId: string; startedAt: Date; isOffline: boolean }): RunPlace
  /** Removes a place that was made and not written to. Never throws. */
  discardRunPlace(place: RunPlace): void
  /** A place for a run that writes nothing; it is not made. */
  disabledRunPlace(runId: string): RunPlace
  openRunWriter(options: OpenRunWriterOptions): Promise<RunWriter>
  /** What artifacts need of files. */
  readonly artifactFiles: ArtifactFiles
  /** Writes a file of the run. What fails is left out. */
  writeRunFile(runDirectory: string, name: string, content: string): void
  /** Id of this process and name of its host, for `process.json`. */
  processIdentity(): { readonly pid: number; readonly host: string }
  /** What is known at once about the program and the machine, not yet redacted. */
  describeProcess(settings: Settings): EnvironmentRecord
  /** Looks at what takes longer. Never rejects. */
  readLateFacts(settings: Settings): Promise<LateFacts>
  /** Passes what is printed to the sink as well, until the returned function is called. */
  captureConsole(sink: (stream: ConsoleStream, text: string) => void): () => void
  watchProcessEnd(hooks: ProcessEndHooks): ProcessEndWatch
  /** The exit code that the program has set for itself so far. */
  plannedExitCode(): number
  /** URL of the server that shows a data folder now. */
  findLocalServerUrl(dataDirectory: string): string | undefined
  /**
   * Opens a way to ask a server. A local one is started if none is up.
   *
   * @throws {@link LocalServerMissingError}, or {@link ServerRequestError} when a local one cannot be started.
   */
  connect(place: ServerPlace): Promise<ServerConnection>
  /** Where {@link Platform.print} prints to, if that is a terminal. */
  terminal(): Terminal | undefined
  /** Calls an action again and again without keeping the program alive, until the returned function is called. */
  every(intervalMs: number, action: () => void): () => void
  /** Shows a line to the user, past any capture. Never throws. */
  print(line: string): void
  /** Resolves after a time without keeping the program alive. */
  sleep(delayMs: number): Promise<void>
}
