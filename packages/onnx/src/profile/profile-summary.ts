import { createSampleStatistics } from '@lossline/evaluation'
import type { NodeTime, Profile, ReadProfileOptions } from './profile.ts'
import { createTraceLines, type TraceEvent } from './trace-lines.ts'

/** Sums up a trace that comes in pieces. */
export interface ProfileSummary {
  /** @throws OnnxProfileError for a text that is no trace. */
  add(text: string): void
  result(): Profile
}

interface KernelSum {
  readonly node: string
  readonly operator: string
  readonly provider: string
  calls: number
  totalUs: number
  outputBytes: number
  parameterBytes: number
}

const kernelEnding = '_kernel_time'

/** Sums up the kernels of each node. Those of a call come before the event of the call, which says whether they count. */
export function createProfileSummary({ warmUpRuns = 2 }: ReadProfileOptions = {}): ProfileSummary {
  const sums = new Map<string, KernelSum>()
  const runMs = createSampleStatistics()
  let kernelsOfRun: KernelSum[] = []
  let [runsSeen, runCount, loadUs] = [0, 0, 0]

  const lines = createTraceLines((event) => {
    const name = String(event.name)
    const duration = numberOf(event.dur)
    if (event.cat === 'Node' && name.endsWith(kernelEnding)) {
      kernelsOfRun.push(toKernel(name.slice(0, -kernelEnding.length), duration, event))
    } else if (name === 'model_run') {
      runsSeen += 1
      if (runsSeen > warmUpRuns) {
        runCount += 1
        runMs.add(duration / 1_000)
        for (const kernel of kernelsOfRun) addKernel(sums, kernel)
      }
      kernelsOfRun = []
    } else if (name.startsWith('model_loading') || name === 'session_initialization') {
      loadUs += duration
    }
  })
  return {
    add: lines.add,
    result() {
      const isWhole = lines.end()
      const kernelUs = [...sums.values()].reduce((sum, { totalUs }) => sum + totalUs, 0)
      const nodes = [...sums.values()]
      const operators = merge(nodes, ({ operator, provider }) => `${operator} ${provider}`)
      const providers = merge(nodes, ({ provider }) => provider)
      const times = ({ calls, totalUs }: KernelSum) => ({
        calls,
        totalMs: totalUs / 1_000,
        share: kernelUs === 0 ? 0 : totalUs / kernelUs,
      })
      return {
        runCount,
        runMs: runMs.summarise(),
        kernelMs: kernelUs / 1_000,
        loadMs: loadUs / 1_000,
        operators: operators.map((sum) => ({ operator: sum.operator, provider: sum.provider, ...times(sum) })),
        nodes: slowestFirst(nodes).map(
          (sum): NodeTime => ({
            node: sum.node,
            operator: sum.operator,
            provider: sum.provider,
            ...times(sum),
            outputBytes: sum.outputBytes,
            parameterBytes: sum.parameterBytes,
          }),
        ),
        providers: providers.map((sum) => ({ provider: sum.provider, ...times(sum) })),
        isWhole,
      }
    },
  }
}

function toKernel(node: string, durationUs: number, { args }: TraceEvent): KernelSum {
  const facts = typeof args === 'object' && args !== null ? (args as Readonly<Record<string, unknown>>) : {}
  return {
    node,
    operator: textOf(facts.op_name),
    provider: textOf(facts.provider),
    calls: 1,
    totalUs: durationUs,
    outputBytes: numberOf(facts.output_size),
    parameterBytes: numberOf(facts.parameter_size),
  }
}

function addKernel(sums: Map<string, KernelSum>, kernel: KernelSum): void {
  const known = sums.get(kernel.node)
  if (known === undefined) {
    sums.set(kernel.node, { ...kernel })
    return
  }
  known.calls += kernel.calls
  known.totalUs += kernel.totalUs
  known.outputBytes = kernel.outputBytes
}

function merge(sums: readonly KernelSum[], keyOf: (sum: KernelSum) => string): KernelSum[] {
  const merged = new Map<string, KernelSum>()
  for (const sum of sums) {
    const known = merged.get(keyOf(sum))
    if (known === undefined) merged.set(keyOf(sum), { ...sum })
    else {
      known.calls += sum.calls
      known.totalUs += sum.totalUs
    }
  }
  return slowestFirst([...merged.values()])
}

function slowestFirst(sums: readonly KernelSum[]): KernelSum[] {
  return sums.toSorted((one, other) => other.totalUs - one.totalUs)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : 'unknown'
}

/** Sizes are texts in a trace. */
function numberOf(value: unknown): number {
  const number = Number(value)
  return Number.isFinite(number) ? number : 0
}
