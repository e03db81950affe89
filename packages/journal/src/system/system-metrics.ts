import { availableParallelism } from 'node:os'
import type { EnvironmentRecord, WandbRecordBody } from '@lossline/protocol'
import { createDiskSpace } from './disk-space.ts'
import type { GpuSource } from './gpu/gpu-source.ts'
import { type Readings, toStatsRecord } from './readings.ts'
import { createSystemSampler } from './system-sampler.ts'
import type { SharedThreadFacts } from './thread-facts.ts'

/** Which system metrics a run records. */
export interface SystemMetricsOptions {
  /** Time between two samples. Default 15,000, at least 100. */
  readonly intervalMs?: number
  /** Folders whose disks are looked at. Default: the root of the file system. */
  readonly diskPaths?: readonly string[]
  /** Name of this process among several that write one run. */
  readonly label?: string
}

export interface StartSystemMetricsOptions extends SystemMetricsOptions {
  readonly threadFacts: SharedThreadFacts | undefined
  /** Puts a record into the journal; called outside of any other work on it. */
  append(body: WandbRecordBody): void
  /** Told of facts about the machine that are in the journal already. */
  onEnvironment(environment: EnvironmentRecord): void
  nowMs(): number
}

/** Samples until it is stopped. */
export interface SystemMetrics {
  /** Ends the sampling, with a last sample unless the one before is fresh. Synchronous; may be called twice. */
  stop(): void
}

const intervalMsDefault = 15_000
const intervalMsMin = 100
// Not in the first moment, when the training starts too.
const firstSampleAfterMs = 50
const freshMs = 1000
// A disk that answers later has its answer in the next sample.
const diskWaitMs = 500

/** Starts to record system metrics, the first soon after the start. Never throws. */
export function startSystemMetrics(options: StartSystemMetricsOptions): SystemMetrics {
  const { append, label, nowMs, threadFacts } = options
  const intervalMs = Math.max(intervalMsMin, options.intervalMs ?? intervalMsDefault)
  const diskPaths = options.diskPaths ?? ['/']
  const sampler = createSystemSampler(diskPaths, threadFacts)
  const diskSpace = createDiskSpace(diskPaths)
  let gpu: GpuSource | undefined
  const stopping = new AbortController()
  let isStopped = false
  let isAsking = false
  let sampledAtMs = Number.NEGATIVE_INFINITY
  let timer = setTimeout(start, firstSampleAfterMs)
  timer.unref()

  function record(readings: Readings): void {
    const stats = toStatsRecord(readings, nowMs(), label)
    if (stats !== undefined) append({ kind: 'stats', stats })
  }

  function sampleSystem(): void {
    sampledAtMs = nowMs()
    const readings = sampler.sample(sampledAtMs)
    diskSpace.read(readings)
    record(readings)
  }

  async function sample(): Promise<void> {
    if (isAsking) return
    isAsking = true
    await diskSpace.refresh(Math.min(diskWaitMs, intervalMs))
    if (!isStopped) sampleSystem()
    const readings = await gpu?.read()
    if (!isStopped && readings !== undefined) record(readings)
    isAsking = false
  }

  function recordEnvironment(environment: EnvironmentRecord): void {
    if (isStopped) return
    append({ kind: 'environment', environment })
    options.onEnvironment(environment)
  }

  function start(): void {
    timer = setInterval(() => void sample(), intervalMs)
    timer.unref()
    void sample().then(findGpus)
    recordCoreCount(sampler.machine.physicalCoreCount)
  }

  function recordCoreCount(count: number | undefined): void {
    const countLogical = availableParallelism()
    if (count === undefined || count === countLogical) return
    recordEnvironment({ cpuCount: count, cpu: { count, countLogical } })
  }

  async function findGpus(): Promise<void> {
    if (isStopped) return
    // Loaded late: most of it is of no use where there are no GPUs.
    const { openGpuSource } = await import('./gpu/gpu-source.ts')
    const found = await openGpuSource({ intervalMs, signal: stopping.signal })
    if (found === undefined || isStopped) return
    gpu = found
    recordEnvironment(found.environment)
    await sample()
  }

  return {
    stop() {
      if (isStopped) return
      clearTimeout(timer)
      stopping.abort()
      if (nowMs() - sampledAtMs > Math.min(freshMs, intervalMs)) sampleSystem()
      isStopped = true
    },
  }
}
