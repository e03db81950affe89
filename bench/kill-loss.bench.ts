// Rows that SIGKILL takes with it at a steady rate. Each one is a process of its own, killed at a random moment.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readJournal } from '@lossline/journal'
import { median } from './lib/measure.ts'
import { report } from './lib/report.ts'

const rowsPerSecond = 10_000
const kills = 15
const script = fileURLToPath(new URL('./kill-child.ts', import.meta.url))

/** Rows that were logged and are not in the journal after SIGKILL at a random moment. */
async function countLostRows(durability: 'batched' | 'sync'): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'lossline-bench-'))
  const countPath = join(folder, 'count')
  const args = [...process.execArgv, script, join(folder, 'run'), countPath, durability, String(rowsPerSecond)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const exited = once(child, 'exit')
  // Everything is warm by then: the worker runs and its code is compiled.
  await setTimeout(1500 + Math.random() * 500)
  child.kill('SIGKILL')
  await exited
  const loggedCount = statSync(countPath).size
  const { records } = await readJournal(join(folder, 'run', 'run-bench.wandb'))
  rmSync(folder, { recursive: true })
  return Math.max(0, loggedCount - records.filter((record) => record.kind === 'history').length)
}

async function measure(durability: 'batched' | 'sync', floor: number, goal: number) {
  const lostMs: number[] = []
  for (let index = 0; index < kills; index += 1) lostMs.push(((await countLostRows(durability)) / rowsPerSecond) * 1000)
  const value = Math.max(...lostMs)
  const text = `worst ${value.toFixed(1)} ms, median ${median(lostMs).toFixed(1)} ms of rows`
  return { what: durability, value, text, floor, goal }
}

report(`kill-loss: SIGKILL at ${rowsPerSecond} rows/s, ${kills} times each`, [
  await measure('batched', 50, 5),
  await measure('sync', 0, 0),
])
