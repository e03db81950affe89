import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../packages/lossline/bin/lossline.js', import.meta.url))

/** `lossline serve` in a process of its own, at any port. */
export interface SpawnedServer extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** From the start of the process to the answer of `/readyz`, in milliseconds. */
  readonly startMs: number
}

/** @throws Error with its output when it does not start. */
export async function spawnServer(dataDirectory: string): Promise<SpawnedServer> {
  const beganMs = performance.now()
  const args = [program, 'serve', '--port', '0', '--data-dir', dataDirectory]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await readUrl(child)
  const ready = await fetch(`${url}/readyz`)
  if (!ready.ok) throw new Error(`The server is not ready: ${ready.status}`)
  const startMs = performance.now() - beganMs
  return {
    url,
    pid: child.pid as number,
    startMs,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

async function readUrl(child: ChildProcess): Promise<string> {
  let output = ''
  for await (const text of child.stdout!.setEncoding('utf8')) {
    output += text
    const [, url] = /^Lossline is at (\S+)/.exec(output) ?? []
    if (url !== undefined) {
      child.stdout!.resume()
      return url
    }
  }
  throw new Error(`lossline serve ended: ${output}`)
}

/** Resident memory of a process now and at its highest so far, in MiB. Needs Linux's /proc. */
export function readMemory(pid: number): { readonly residentMiB: number; readonly highestMiB: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mib = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024
  return { residentMiB: mib('VmRSS'), highestMiB: mib('VmHWM') }
}

/** Processor time of a process so far, in ms, at the 10 ms that Linux counts in. Needs Linux's /proc. */
export function readProcessorMs(pid: number): number {
  // Behind the name in brackets; user and system time are the 14th and 15th fields, in hundredths of a second.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}
