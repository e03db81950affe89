import { type ChildProcess, spawn } from 'node:child_process'
import type { Readings } from '../readings.ts'
import { findTool } from './find-tool.ts'
import type { GpuSource, GpuTools } from './gpu-source.ts'
import { fieldNames, parseNvidiaInventory, parseNvidiaRow } from './nvidia-output.ts'
import { unrefChild } from './unref-child.ts'

const loopMsMin = 500
// A tool that ends again and again (a driver that was updated under it) is left alone.
const startsMax = 5

/**
 * NVIDIA's GPUs. One `nvidia-smi` runs as long as the run does and prints a line per GPU and interval: to start it anew
 * each time would cost several tens of milliseconds of processor time.
 */
export async function openNvidiaSource({ intervalMs, signal, runTool }: GpuTools): Promise<GpuSource | undefined> {
  const path = findTool('nvidia-smi')
  if (path === undefined) return
  const inventory = await runTool(path, ['-q', '-x'])
  const environment = inventory === undefined ? undefined : parseNvidiaInventory(inventory)
  if (environment === undefined) return
  if (signal.aborted) return
  const loop = startLoop(path, Math.max(loopMsMin, intervalMs), signal)
  return { environment, read: async () => loop.take() }
}

/** Undefined when there is no memory for another process. What else goes wrong is an event, and may leave it without pipes. */
function trySpawn(path: string, query: readonly string[]): ChildProcess | undefined {
  try {
    return spawn(path, query, { stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true })
  } catch {
    return undefined
  }
}

function startLoop(path: string, loopMs: number, signal: AbortSignal): { take(): Readings | undefined } {
  let fields = [...fieldNames]
  let fresh: Readings | undefined
  let startCount = 0
  let child: ChildProcess | undefined

  function takeLine(line: string): void {
    const readings = parseNvidiaRow(fields, line)
    if (readings !== undefined) fresh = new Map([...(fresh ?? []), ...readings])
  }

  function start(): void {
    startCount += 1
    const query = [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits', `--loop-ms=${loopMs}`]
    const started = trySpawn(path, query)
    if (started === undefined) return
    child = started
    unrefChild(started)
    let rest = ''
    started.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const unknown = /Field "([^"]+)" is not a valid field/.exec(line)?.[1]
        // Older drivers do not know all of them; the tool then ends, and starts again without.
        if (unknown !== undefined) fields = fields.filter((field) => field !== unknown)
        else takeLine(line)
      }
    })
    const forget = (): void => {
      if (child === started) child = undefined
    }
    // Too many open files: it never ran, and never closes.
    started.on('error', forget)
    started.on('close', forget)
  }
  start()
  signal.addEventListener('abort', () => child?.kill('SIGKILL'), { once: true })

  return {
    take() {
      if (child === undefined && startCount < startsMax && !signal.aborted) start()
      const taken = fresh
      fresh = undefined
      return taken
    },
  }
}
