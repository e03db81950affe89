import { type EnvironmentRecord, type GpuAmdInfo, isJsonObject, type JsonObject, parseJson } from '@lossline/protocol'
import type { Readings } from '../readings.ts'

/** W&B's keys, and the names that versions of `rocm-smi` have had for them. */
const readingNames: Readonly<Record<string, readonly string[]>> = {
  gpu: ['GPU use (%)'],
  memoryAllocated: ['GPU memory use (%)', 'GPU Memory Allocated (VRAM%)'],
  memoryReadWriteActivity: ['GPU Memory Read/Write Activity (%)'],
  memoryOverDrive: ['GPU Memory OverDrive value (%)'],
  temp: ['Temperature (Sensor memory) (C)', 'Temperature (Sensor edge) (C)'],
  powerWatts: ['Average Graphics Package Power (W)', 'Current Socket Graphics Package Power (W)'],
}
const maxPowerNames = ['Max Graphics Package Power (W)']

const inventoryNames = {
  id: ['GPU ID', 'Device ID'],
  uniqueId: ['Unique ID'],
  vbiosVersion: ['VBIOS version'],
  performanceLevel: ['Performance Level'],
  gpuOverdrive: ['GPU OverDrive value (%)'],
  gpuMemoryOverdrive: ['GPU Memory OverDrive value (%)'],
  maxPower: maxPowerNames,
  series: ['Card series', 'Card Series'],
  model: ['Card model', 'Card Model'],
  vendor: ['Card vendor', 'Card Vendor'],
  sku: ['Card SKU'],
  sclkRange: ['Valid sclk range'],
  mclkRange: ['Valid mclk range'],
} as const satisfies Readonly<Partial<Record<keyof GpuAmdInfo, readonly string[]>>>

/** The output of `rocm-smi … --json`: one object for each `card<n>`. Undefined when it holds none. */
export function parseAmdReadings(json: string): Readings | undefined {
  const readings: Readings = new Map()
  for (const { index, card } of cardsOf(json)) {
    for (const [key, names] of Object.entries(readingNames)) {
      const value = Number(textOf(card, names) ?? Number.NaN)
      if (Number.isFinite(value)) readings.set(`gpu.${index}.${key}`, value)
    }
    const percent = (100 * Number(textOf(card, readingNames.powerWatts ?? []))) / Number(textOf(card, maxPowerNames))
    if (Number.isFinite(percent)) readings.set(`gpu.${index}.powerPercent`, percent)
  }
  return readings.size === 0 ? undefined : readings
}

/** What there is, from `rocm-smi -a --json`. Undefined when there is no GPU. */
export function parseAmdInventory(json: string): EnvironmentRecord | undefined {
  const gpus = cardsOf(json).map(({ card }): GpuAmdInfo => {
    const facts = Object.entries(inventoryNames).map(([field, names]) => [field, textOf(card, names)] as const)
    return Object.fromEntries(facts.filter(([, value]) => value !== undefined))
  })
  const [first] = gpus
  if (first === undefined) return
  return { gpuCount: gpus.length, ...(first.series === undefined ? {} : { gpuType: first.series }), gpuAmd: gpus }
}

function cardsOf(json: string): { readonly index: number; readonly card: JsonObject }[] {
  const root = parseLastObject(json)
  return Object.entries(root).flatMap(([name, card]) => {
    const index = /^card(\d+)$/.exec(name)?.[1]
    return index === undefined || !isJsonObject(card) ? [] : [{ index: Number(index), card }]
  })
}

/** The tool prints warnings before its JSON. */
function parseLastObject(text: string): JsonObject {
  try {
    const value = parseJson(text.slice(text.indexOf('{')))
    return isJsonObject(value) ? value : {}
  } catch {
    return {}
  }
}

function textOf(card: JsonObject, names: readonly string[]): string | undefined {
  const name = names.find((candidate) => Object.hasOwn(card, candidate))
  const value = name === undefined ? undefined : card[name]
  return value === undefined || value === null || value === 'N/A' ? undefined : String(value)
}
