import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseSweepConfig, toPlainValue } from '@lossline/sweeps'
import type { Problem } from './problems.ts'

/** Best regrets at the checkpoints, a search after the other, or what is missing for them. */
export type OptunaAnswer = { readonly searches: readonly (readonly number[])[] } | { readonly missing: string }

/**
 * Lets a sampler of Optuna search. Python asks for the value of each trial, so that both sides try the very same functions.
 * `LOSSLINE_BENCH_PYTHON` is the Python that has Optuna; default: `python3`.
 */
export async function askOptuna(
  problem: Problem,
  {
    sampler,
    seeds,
    checkpoints,
  }: { readonly sampler: 'tpe' | 'gp'; readonly seeds: readonly number[]; readonly checkpoints: readonly number[] },
): Promise<OptunaAnswer> {
  const python = process.env.LOSSLINE_BENCH_PYTHON ?? 'python3'
  const script = fileURLToPath(new URL('optuna-child.py', import.meta.url))
  const child = spawn(python, ['-W', 'ignore', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const failed = once(child, 'error').then(() => ({ missing: `there is no ${python}` }))
  // It may have ended before it reads.
  child.stdin.on('error', () => undefined)
  const { config } = parseSweepConfig(`method: random\nparameters: ${problem.parameters}`)
  const parameters = toPlainValue(config.source.get('parameters')!)
  child.stdin.write(`${JSON.stringify({ sampler, seeds, trialCount: checkpoints.at(-1), parameters })}\n`)
  const searches: number[][] = []
  const talk = async (): Promise<OptunaAnswer> => {
    let count = 0
    let best = Number.POSITIVE_INFINITY
    for await (const line of createInterface({ input: child.stdout })) {
      const message = JSON.parse(line) as { missing: string } | { trial: Record<string, unknown>; number: number }
      if ('missing' in message) return message
      count = message.number + 1
      if (count === 1) {
        best = Number.POSITIVE_INFINITY
        searches.push([])
      }
      const value = problem.valueOf(message.trial)
      best = Math.min(best, value - problem.optimum)
      if (checkpoints.includes(count)) searches.at(-1)!.push(best)
      child.stdin.write(`${value}\n`)
    }
    return searches.length === seeds.length ? { searches } : { missing: 'Python ended too early' }
  }
  try {
    return await Promise.race([talk(), failed])
  } finally {
    child.kill()
  }
}
