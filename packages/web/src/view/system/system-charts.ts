import type { MetricInfo } from '@lossline/protocol'
import { compareNatural } from '../text/natural-order.ts'
import { keyTitle } from '../workspace/sections.ts'

/** One thing that is measured, on every device that has it. */
export interface SystemChart {
  /** Unique on the page. */
  readonly id: string
  /** `GPU utilization (%)` */
  readonly title: string
  readonly lines: readonly SystemLine[]
  /** It is a share of something whole, 0 to 100, and is drawn so. */
  readonly isShare: boolean
}
/** A device and the metric that holds its readings. */
export interface SystemLine {
  readonly device: string
  readonly key: string
  /** As it was logged. */
  readonly name: string
  /** What is drawn of it, where that is not the reading itself. */
  readonly expression?: string
}
/** Charts under one heading. */
export interface SystemGroup {
  readonly name: GroupName
  readonly charts: readonly SystemChart[]
}

const groupNames = ['GPU', 'CPU', 'Memory', 'Disk', 'Network', 'Power', 'Other'] as const
type GroupName = (typeof groupNames)[number]

/** What W&B's clients and ours measure; others go by their own names. */
const titles: Readonly<Record<string, string>> = {
  'gpu gpu': 'GPU utilization (%)',
  'gpu memory': 'GPU time on memory (%)',
  'gpu memoryAllocated': 'GPU memory allocated (%)',
  'gpu memoryAllocatedBytes': 'GPU memory allocated (bytes)',
  'gpu temp': 'GPU temperature (°C)',
  'gpu powerWatts': 'GPU power (W)',
  'gpu powerPercent': 'GPU power (%)',
  'gpu enforcedPowerLimitWatts': 'GPU power limit (W)',
  'gpu smClock': 'GPU clock (MHz)',
  'gpu memoryClock': 'GPU memory clock (MHz)',
  'cpu cpu_percent': 'CPU utilization by core (%)',
  cpu: 'CPU of the process (%)',
  'proc.cpu.threads': 'Threads of the process',
  memory: 'Memory in use (%)',
  memory_percent: 'Memory in use (%)',
  'proc.memory.availableMB': 'Memory available (MB)',
  'proc.memory.rssMB': 'Memory of the process (MB)',
  'proc.memory.percent': 'Memory of the process (%)',
  'disk usagePercent': 'Disk in use (%)',
  'disk usageGB': 'Disk in use (GB)',
  'disk.in': 'Read from disk (MB)',
  'disk.out': 'Written to disk (MB)',
  'network.sent': 'Sent over the network (bytes)',
  'network.recv': 'Received over the network (bytes)',
}

/** Per cent that are more than a hundred with several cores, or when a limit is passed. */
const mayExceedWhole: ReadonlySet<string> = new Set(['cpu', 'gpu powerPercent'])

/** Charts of a run's system metrics: the same reading of several devices is one chart. */
export function toSystemGroups(
  metrics: readonly Pick<MetricInfo, 'key' | 'stream' | 'kind'>[],
): readonly SystemGroup[] {
  const charts = new Map<string, { group: GroupName; title: string; lines: SystemLine[] }>()
  for (const { key, stream, kind } of metrics) {
    if (stream !== 'events' || kind === 'other') continue
    const name = keyTitle(key)
    const { measure, device } = readName(name)
    if (measure.startsWith('_')) continue
    const chart = charts.get(measure) ?? { group: groupOf(measure), title: titles[measure] ?? measure, lines: [] }
    chart.lines.push({ device, key, name })
    charts.set(measure, chart)
  }
  return groupNames.flatMap((name) => {
    const own = [...charts].filter(([, { group }]) => group === name)
    if (own.length === 0) return []
    const sorted = own
      .map(([id, { title, lines }]) => ({
        id,
        title,
        isShare: title.endsWith('(%)') && !mayExceedWhole.has(id),
        lines: lines.toSorted((a, b) => compareNatural(a.device, b.device)),
      }))
      .sort((a, b) => rank(a.id) - rank(b.id) || compareNatural(a.title, b.title))
    return [{ name, charts: sorted }]
  })
}

/** In the order of {@link titles}, then the others. */
function rank(id: string): number {
  const place = Object.keys(titles).indexOf(id)
  return place < 0 ? Number.POSITIVE_INFINITY : place
}

/** `system.gpu.0.temp/l:worker` → what is measured and on which device. */
function readName(name: string): { readonly measure: string; readonly device: string } {
  const [, rest = name, writer] = /^(?:system[./])?(.*?)(?:\/l:(.+))?$/s.exec(name) ?? []
  const of = (device: string): string => [writer, device].filter(Boolean).join(' ') || 'all'
  const unit = /^(gpu|cpu|tpu|ipu|trn|hpu)\.(?:process\.)?(\d+)\.(.+)$/.exec(rest)
  if (unit) {
    const [, kind = '', index, measure] = unit
    const isProcess = rest.startsWith(`${kind}.process.`)
    return {
      measure: `${kind} ${isProcess ? 'process.' : ''}${measure}`,
      device: of(`${kind.toUpperCase()} ${index}`),
    }
  }
  // Paths may hold dots.
  const disk = /^disk\.(.*[/\\].*)\.(\w+)$/.exec(rest)
  if (disk) return { measure: `disk ${disk[2]}`, device: of(disk[1] === '\\' ? '/' : (disk[1] ?? '')) }
  return { measure: rest, device: of('') }
}

function groupOf(measure: string): GroupName {
  if (/power|energy/i.test(measure)) return 'Power'
  if (/^(?:gpu|tpu|ipu|trn|hpu)\b/.test(measure)) return 'GPU'
  if (/^(?:proc\.)?memory|^(?:proc\.)?swap/.test(measure)) return 'Memory'
  if (/^(?:proc\.)?cpu/.test(measure)) return 'CPU'
  if (/^disk/.test(measure)) return 'Disk'
  return /^network/.test(measure) ? 'Network' : 'Other'
}
