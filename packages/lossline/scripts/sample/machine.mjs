// The machines on which the sample's runs were supposedly made, and what they were doing meanwhile.
import { around0, createRandom, round } from './random.mjs'

const intervalMs = 15_000
const gib = 2 ** 30

const machines = [
  { host: 'gpu-01', cores: 16, gpu: 'NVIDIA RTX A4000', gpuMemory: 16 * gib },
  { host: 'gpu-02', cores: 32, gpu: 'NVIDIA A10', gpuMemory: 24 * gib },
]

/** The machine of a run. @param {number} index - Of the run. */
export function machineOf(index) {
  return machines[index % machines.length]
}

/** Fields of the run's environment. @param {string} program - Path of the script in its project. */
export function toEnvironment({ host, cores, gpu, gpuMemory }, program) {
  return {
    os: 'Linux-6.12-x86_64-with-glibc2.41',
    python: 'Node v22.18.0',
    host,
    username: 'ana',
    program,
    codePath: program,
    root: '/home/ana/digits',
    executable: '/usr/bin/node',
    args: ['--data', 'digits'],
    cpuCount: cores / 2,
    cpuCountLogical: cores,
    gpuType: gpu,
    gpuCount: 1,
    gpuNvidia: [{ name: gpu, memoryTotal: gpuMemory, architecture: 'Ampere' }],
    memory: { total: 4 * cores * gib },
    disk: { '/': { total: 512 * gib, used: 211 * gib } },
  }
}

/** Readings of a machine while a run goes on: a record of system metrics every 15 s. */
export function toSystemRecords({ fromMs, toMs, seed, isBusy }) {
  const random = createRandom(seed * 31 + 5)
  const load = isBusy ? 88 : 6
  const records = []
  let [sent, received, temperature] = [2.1e6, 8.4e6, 38]
  for (let atMs = fromMs + intervalMs; atMs < toMs; atMs += intervalMs) {
    const gpu = Math.min(100, Math.max(0, load + 7 * around0(random)))
    temperature += (38 + gpu * 0.34 - temperature) * 0.25
    sent += 4e4 * random()
    received += 2e5 * random()
    const values = {
      cpu: 18 + gpu / 4 + 4 * around0(random),
      memory_percent: 31 + (isBusy ? 9 : 0) + around0(random) / 4,
      'proc.memory.rssMB': 900 + (isBusy ? 1400 : 0) + (atMs - fromMs) / 4000,
      'proc.cpu.threads': 24,
      'gpu.0.gpu': gpu,
      'gpu.0.memoryAllocated': isBusy ? 61 + around0(random) : 4,
      'gpu.0.temp': temperature,
      'gpu.0.powerWatts': 32 + gpu * 1.05 + 2 * around0(random),
      'disk./.usagePercent': 41.2,
      'network.sent': sent,
      'network.recv': received,
    }
    const item = Object.entries(values).map(([key, value]) => ({ key, valueJson: String(round(value)) }))
    records.push({ atMs, stats: { statsType: 'system', timestamp: toTimestamp(atMs), item } })
  }
  return records
}

function toTimestamp(ms) {
  return { seconds: Math.floor(ms / 1000), nanos: Math.round((ms % 1000) * 1e6) }
}
