import type { EnvironmentRecord } from '@lossline/protocol'
import type { Readings } from '../readings.ts'

/** The statistics that a GPU's driver puts into the registry, from `ioreg -r -d 1 -w 0 -c IOAccelerator`. */
export function parseAppleReadings(text: string): Readings | undefined {
  const readings: Readings = new Map()
  acceleratorsOf(text).forEach((accelerator, index) => {
    const statistics = /"PerformanceStatistics" = \{([^}]*)\}/.exec(accelerator)?.[1] ?? ''
    const utilization = numberAfter(statistics, 'Device Utilization %')
    if (utilization !== undefined) readings.set(`gpu.${index}.gpu`, utilization)
    const usedBytes = numberAfter(statistics, 'In use system memory')
    if (usedBytes !== undefined) readings.set(`gpu.${index}.memoryAllocatedBytes`, usedBytes)
  })
  return readings.size === 0 ? undefined : readings
}

/** What the machine is, from lines `name: value` of `sysctl` and from `ioreg`. Undefined without a GPU. */
export function parseAppleInventory(sysctl: string, ioreg: string): EnvironmentRecord | undefined {
  const [accelerator, ...others] = acceleratorsOf(ioreg)
  if (accelerator === undefined) return
  const facts = new Map(sysctl.split('\n').map((line) => splitOnce(line, ': ')))
  const chip = facts.get('machdep.cpu.brand_string')
  const memoryBytes = toNumber(facts.get('hw.memsize'))
  const swapMiB = toNumber(/total = ([\d.]+)M/.exec(facts.get('vm.swapusage') ?? '')?.[1])
  const apple = {
    name: chip,
    pcpuCores: toNumber(facts.get('hw.perflevel0.physicalcpu')),
    ecpuCores: toNumber(facts.get('hw.perflevel1.physicalcpu')),
    gpuCores: numberAfter(accelerator, 'gpu-core-count'),
    memoryGb: memoryBytes === undefined ? undefined : Math.round(memoryBytes / 2 ** 30),
    ramTotalBytes: memoryBytes,
    swapTotalBytes: swapMiB === undefined ? undefined : Math.round(swapMiB * 2 ** 20),
    macModel: facts.get('hw.model'),
  }
  const known = Object.fromEntries(Object.entries(apple).filter(([, value]) => value !== undefined))
  const gpuType = /"model" = "([^"]*)"/.exec(accelerator)?.[1] ?? chip
  return { gpuCount: 1 + others.length, ...(gpuType === undefined ? {} : { gpuType }), apple: known }
}

function acceleratorsOf(text: string): string[] {
  return text.split(/^\+-o /m).slice(1)
}

function numberAfter(text: string, name: string): number | undefined {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return toNumber(new RegExp(`"${escaped}"\\s*=\\s*(\\d+)`).exec(text)?.[1])
}

function toNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined
}

function splitOnce(line: string, separator: string): [string, string] {
  const at = line.indexOf(separator)
  return at === -1 ? [line, ''] : [line.slice(0, at), line.slice(at + separator.length).trim()]
}
