/** Time of the kernels of one kind. */
export interface KernelTime {
  /** How often they ran. */
  readonly calls: number
  readonly totalMs: number
  /** Of the time of all kernels, from 0 to 1. */
  readonly share: number
}

/** All kernels of one operator on one execution provider. */
export interface OperatorTime extends KernelTime {
  /** Such as `'Conv'`. */
  readonly operator: string
  /** Such as `'CPUExecutionProvider'`. */
  readonly provider: string
}

/** The kernel of one node of the graph that ran: optimisation joins nodes and gives them new names. */
export interface NodeTime extends OperatorTime {
  readonly node: string
  /** Of the last call, in bytes. */
  readonly outputBytes: number
  readonly parameterBytes: number
}

/** What a profile of ONNX Runtime says: the slowest first. */
export interface Profile {
  /** Calls of the session, without those that warmed up. */
  readonly runCount: number
  /** Time of each of them, in milliseconds. */
  readonly runMs: Readonly<Record<string, number>>
  /** Time of all kernels together, in milliseconds. Kernels of branches and loops count in the node that holds them, too. */
  readonly kernelMs: number
  /** Reading and optimising the model, in milliseconds. */
  readonly loadMs: number
  readonly operators: readonly OperatorTime[]
  readonly nodes: readonly NodeTime[]
  /** By provider: which of those that were asked for did the work. */
  readonly providers: readonly (KernelTime & { readonly provider: string })[]
  /** `false` for a file that breaks off, as after a crash; what was whole is counted. */
  readonly isWhole: boolean
}

/** How a profile is read. */
export interface ReadProfileOptions {
  /** First calls that do not count. Default 2. */
  readonly warmUpRuns?: number | undefined
}
