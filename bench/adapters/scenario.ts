/** The same work of a framework with and without its adapter. */
export interface AdapterScenario {
  /** Such as `tfjs: fit, default settings`. */
  readonly name: string
  /** The work as a program does it that does not use Lossline. */
  plain(): unknown
  /** The same with the adapter. */
  tracked(): unknown
  /** How often each is measured. Default 15. */
  readonly rounds?: number
  /** Whether the settings are the adapter's defaults, which floor and goal are for. Default: true. */
  readonly isDefault?: boolean
}

/** The scenarios of one adapter. */
export interface AdapterScenarios extends AsyncDisposable {
  readonly scenarios: readonly AdapterScenario[]
}
