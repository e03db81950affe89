import { execFile } from 'node:child_process'
import { unrefChild } from './unref-child.ts'

/** Runs a program. Resolves with what it printed; undefined when it failed or took longer than it may. Never rejects. */
export type RunTool = (path: string, args: readonly string[]) => Promise<string | undefined>

// `rocm-smi -a` takes a second or two; a driver that hangs never answers.
const timeoutMs = 20_000

/** @param signal - Ends the program that runs at that moment. */
export function createRunTool(signal: AbortSignal): RunTool {
  return (path, args) => runTool(path, args, signal)
}

function runTool(path: string, args: readonly string[], signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = {
      killSignal: 'SIGKILL',
      maxBuffer: 2 ** 23,
      windowsHide: true,
      signal,
    } as const
    try {
      const child = execFile(path, args, options, (error, stdout) => {
        clearTimeout(timer)
        resolve(error === null ? stdout : undefined)
      })
      unrefChild(child)
      // Its own time limit would keep the program alive.
      const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
      timer.unref()
    } catch {
      // Too many processes or open files.
      resolve(undefined)
    }
  })
}
