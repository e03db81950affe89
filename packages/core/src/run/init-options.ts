import type { Settings } from '../settings/settings.ts'

/** What a run starts with: its config, and any {@link Settings} by name. All of it may be left out. */
export interface InitOptions<Config extends object = Record<string, unknown>> extends Settings {
  /**
   * Settings of the program, such as `{ learningRate: 1e-3, optimizer: { name: 'adam' } }`. Copied, and typed in
   * `run.config`. Secrets in it are not written. Default: none.
   */
  readonly config?: Config | undefined
  /** Settings as an object, for programs that have them as one. Options of `init` win over them. */
  readonly settings?: Settings | undefined
  /**
   * Called once when somebody stops the run in the page. Default: the program ends as with Ctrl-C, unless it has taken
   * {@link Run.signal} or asks {@link Run.isStopRequested}.
   */
  readonly onStop?: (() => void) | undefined
}
