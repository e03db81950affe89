import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseAmdInventory, parseAmdReadings } from '../../src/system/gpu/amd-output.ts'
import { parseAppleInventory, parseAppleReadings } from '../../src/system/gpu/apple-output.ts'
import { fieldNames, parseNvidiaInventory, parseNvidiaRow } from '../../src/system/gpu/nvidia-output.ts'
import { createPacedSource } from '../../src/system/gpu/paced-source.ts'

const textOf = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
const toObject = (readings: ReadonlyMap<string, number> | undefined): object => Object.fromEntries(readings ?? [])

describe('nvidia-smi', () => {
  const [busy = '', idle = ''] = textOf('nvidia-rows.csv').split('\n')

  test('a row has all keys, with W&B units', () => {
    expect(toObject(parseNvidiaRow(fieldNames, busy))).toEqual({
      'gpu.0.gpu': 87,
      'gpu.0.memory': 41,
      'gpu.0.memoryAllocatedBytes': 30_123 * 2 ** 20,
      'gpu.0.memoryAllocated': (100 * 30_123) / 40_960,
      'gpu.0.temp': 61,
      'gpu.0.powerWatts': 287.43,
      'gpu.0.enforcedPowerLimitWatts': 400,
      'gpu.0.powerPercent': (100 * 287.43) / 400,
      'gpu.0.smClock': 1410,
      'gpu.0.memoryClock': 1215,
      'gpu.0.graphicsClock': 1410,
      'gpu.0.correctedMemoryErrors': 0,
      'gpu.0.uncorrectedMemoryErrors': 0,
      'gpu.0.encoderUtilization': 0,
      'gpu.0.pcieLinkGen': 4,
      'gpu.0.pcieLinkWidth': 16,
      'gpu.0.maxPcieLinkGen': 4,
      'gpu.0.maxPcieLinkWidth': 16,
    })
  })

  test('what a GPU does not tell is left out, and so are lines that are no rows', () => {
    const keys = Object.keys(toObject(parseNvidiaRow(fieldNames, idle)))
    expect(keys).toContain('gpu.1.gpu')
    expect(keys.filter((key) => /Errors|fanSpeed|encoder/.test(key))).toEqual([])
    for (const line of ['', 'Unable to determine the device handle for GPU', `${busy}, 1`]) {
      expect(parseNvidiaRow(fieldNames, line)).toBeUndefined()
    }
  })

  test('the inventory', () => {
    expect(parseNvidiaInventory(textOf('nvidia-inventory.xml'))).toEqual({
      gpuCount: 2,
      gpuType: 'NVIDIA A100-SXM4-40GB',
      cudaVersion: '12.4',
      gpuNvidia: [
        {
          name: 'NVIDIA A100-SXM4-40GB',
          memoryTotal: 40_960 * 2 ** 20,
          architecture: 'Ampere',
          uuid: 'GPU-11111111-2222-3333-4444-555555555555',
        },
        {
          name: 'NVIDIA A100-SXM4-40GB',
          memoryTotal: 40_960 * 2 ** 20,
          uuid: 'GPU-66666666-7777-8888-9999-000000000000',
        },
      ],
    })
    expect(parseNvidiaInventory('No devices were found')).toBeUndefined()
  })
})

describe('rocm-smi', () => {
  test('readings, under the names of several versions', () => {
    expect(toObject(parseAmdReadings(textOf('rocm-smi.json')))).toEqual({
      'gpu.0.gpu': 76,
      'gpu.0.memoryAllocated': 32,
      'gpu.0.memoryOverDrive': 0,
      'gpu.0.temp': 55,
      'gpu.0.powerWatts': 150,
      'gpu.0.powerPercent': 50,
      'gpu.1.gpu': 0,
      'gpu.1.memoryAllocated': 1,
      'gpu.1.memoryReadWriteActivity': 2,
      'gpu.1.temp': 35,
    })
  })

  test('the inventory', () => {
    const { gpuCount, gpuType, gpuAmd } = parseAmdInventory(textOf('rocm-smi.json')) ?? {}
    expect({ gpuCount, gpuType }).toEqual({ gpuCount: 2, gpuType: 'AMD INSTINCT MI210' })
    expect(gpuAmd?.[0]).toMatchObject({ id: '0x740f', uniqueId: '0x1f2e3d4c5b6a7988', maxPower: '300.0' })
    expect(gpuAmd?.[1]).toEqual({ id: '0x740f' })
  })

  test.each(['', '{', '[]', '{"system": {}}'])('%j holds nothing', (text) => {
    expect(parseAmdReadings(text)).toBeUndefined()
    expect(parseAmdInventory(text)).toBeUndefined()
  })
})

describe("Apple's tools", () => {
  test('readings', () => {
    expect(toObject(parseAppleReadings(textOf('ioreg.txt')))).toEqual({
      'gpu.0.gpu': 37,
      'gpu.0.memoryAllocatedBytes': 618_545_152,
    })
  })

  test('the inventory', () => {
    expect(parseAppleInventory(textOf('sysctl.txt'), textOf('ioreg.txt'))).toEqual({
      gpuCount: 1,
      gpuType: 'Apple M1 Pro',
      apple: {
        name: 'Apple M1 Pro',
        pcpuCores: 8,
        ecpuCores: 2,
        gpuCores: 16,
        memoryGb: 16,
        ramTotalBytes: 2 ** 34,
        swapTotalBytes: 2 ** 31,
        macModel: 'MacBookPro18,3',
      },
    })
    expect(parseAppleInventory(textOf('sysctl.txt'), '')).toBeUndefined()
  })
})

test('a tool that takes a second is left alone for 200', async () => {
  let timeMs = 0
  let asked = 0
  const source = createPacedSource({
    environment: {},
    nowMs: () => timeMs,
    async ask() {
      asked += 1
      timeMs += 1000
      return new Map([['gpu.0.gpu', asked]])
    },
  })
  expect(await source.read()).toEqual(new Map([['gpu.0.gpu', 1]]))
  timeMs += 199_999
  expect(await source.read()).toBeUndefined()
  timeMs += 1
  expect(await source.read()).toEqual(new Map([['gpu.0.gpu', 2]]))
})
