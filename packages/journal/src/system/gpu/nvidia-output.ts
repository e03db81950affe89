import type { EnvironmentRecord, GpuNvidiaInfo } from '@lossline/protocol'
import type { Readings } from '../readings.ts'

const mebibyte = 2 ** 20

/** Fields of `nvidia-smi --query-gpu`, and W&B's key for those that are recorded as they are. */
const fields = {
  index: undefined,
  'utilization.gpu': 'gpu',
  'utilization.memory': 'memory',
  'memory.used': undefined,
  'memory.total': undefined,
  'temperature.gpu': 'temp',
  'power.draw': 'powerWatts',
  'enforced.power.limit': 'enforcedPowerLimitWatts',
  'clocks.sm': 'smClock',
  'clocks.mem': 'memoryClock',
  'clocks.gr': 'graphicsClock',
  'ecc.errors.corrected.volatile.total': 'correctedMemoryErrors',
  'ecc.errors.uncorrected.volatile.total': 'uncorrectedMemoryErrors',
  'fan.speed': 'fanSpeed',
  'utilization.encoder': 'encoderUtilization',
  'pcie.link.gen.current': 'pcieLinkGen',
  'pcie.link.width.current': 'pcieLinkWidth',
  'pcie.link.gen.max': 'maxPcieLinkGen',
  'pcie.link.width.max': 'maxPcieLinkWidth',
} as const

/** What `nvidia-smi` is asked for, in this order. */
export const fieldNames: readonly string[] = Object.keys(fields)

/**
 * One line of `--format=csv,noheader,nounits`. What a GPU does not tell (`[N/A]`, `[Not Supported]`) is left out.
 *
 * @returns undefined for a line that is none.
 */
export function parseNvidiaRow(names: readonly string[], line: string): Readings | undefined {
  const cells = line.split(',').map((cell) => cell.trim())
  const values = new Map(names.map((name, position) => [name, toNumber(cells[position])]))
  const index = values.get('index')
  if (cells.length !== names.length || index === undefined) return
  const readings: Readings = new Map()
  for (const [name, key] of Object.entries(fields)) {
    const value = values.get(name)
    if (key !== undefined && value !== undefined) readings.set(`gpu.${index}.${key}`, value)
  }
  const [usedMiB, totalMiB] = [values.get('memory.used'), values.get('memory.total')]
  if (usedMiB !== undefined) readings.set(`gpu.${index}.memoryAllocatedBytes`, usedMiB * mebibyte)
  if (usedMiB !== undefined && totalMiB) readings.set(`gpu.${index}.memoryAllocated`, (100 * usedMiB) / totalMiB)
  const [watts, limitWatts] = [values.get('power.draw'), values.get('enforced.power.limit')]
  if (watts !== undefined && limitWatts) readings.set(`gpu.${index}.powerPercent`, (100 * watts) / limitWatts)
  return readings
}

/** What there is, from `nvidia-smi -q -x`. Undefined when there is no GPU. */
export function parseNvidiaInventory(xml: string): EnvironmentRecord | undefined {
  const gpus = [...xml.matchAll(/<gpu id="[^"]*">([\s\S]*?)<\/gpu>/g)].map(([, body = '']): GpuNvidiaInfo => {
    const memory = /<fb_memory_usage>([\s\S]*?)<\/fb_memory_usage>/.exec(body)?.[1] ?? ''
    const [totalMiB] = elementText(memory, 'total')?.split(' ') ?? []
    return {
      ...named('name', elementText(body, 'product_name')),
      ...(totalMiB === undefined ? {} : { memoryTotal: Number(totalMiB) * mebibyte }),
      ...named('architecture', elementText(body, 'product_architecture')),
      ...named('uuid', elementText(body, 'uuid')),
    }
  })
  if (gpus.length === 0) return
  return {
    gpuCount: gpus.length,
    ...named('gpuType', gpus[0]?.name),
    gpuNvidia: gpus,
    ...named('cudaVersion', elementText(xml, 'cuda_version')),
  }
}

function elementText(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]?.trim()
  return text === undefined || text === '' || text === 'N/A' ? undefined : text
}

function named<Name extends string>(name: Name, value: string | undefined): { [Key in Name]?: string } {
  // The computed name is one of `Name`, which TypeScript widens to string.
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: string })
}

function toNumber(cell: string | undefined): number | undefined {
  return cell !== undefined && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : undefined
}
