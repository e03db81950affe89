// Sweeps: what searches have found after 25, 50 and 100 trials, and what a suggestion costs. Beside them random search, and Optuna's
// samplers where Python has Optuna. `npm run bench -- sweeps -- --seeds 5 --only Branin,digits` is shorter; `--no-optuna` leaves it out.
import { parseArgs } from 'node:util'
import { parseSweepConfig, suggest, type Trial } from '@lossline/sweeps'
import { median, percentile } from './lib/measure.ts'
import { type Finding, report } from './lib/report.ts'
import { askOptuna } from './sweeps/ask-optuna.ts'
import { type Problem, problems } from './sweeps/problems.ts'

const checkpoints = [25, 50, 100] as const
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    only: { type: 'string' },
    optuna: { type: 'boolean', default: true },
  },
  allowNegative: true,
})
const seedCount = Number(values.seeds)
const only = values.only?.split(',')

/** What `method` says, or a sampler of `bayes`. */
function configOf({ parameters }: Problem, search: string) {
  const method = search === 'random' ? search : `bayes\nsampler: ${search}`
  const text = `method: ${method}\nmetric: {name: loss, goal: minimize}\nparameters: ${parameters}`
  return parseSweepConfig(text).config
}

/** The best regret after each checkpoint. */
function search(problem: Problem, method: string, seed: number): readonly number[] {
  const config = configOf(problem, method)
  const trials: Trial[] = []
  let best = Number.POSITIVE_INFINITY
  const reached: number[] = []
  for (let count = 1; count <= checkpoints.at(-1)!; count++) {
    // Random search goes on in its sequence by a seed of its own for each run, as the server does it.
    const [suggestion] = suggest(config, trials, { seed: method === 'random' ? seed * 1009 + count : seed })
    const value = problem.valueOf(suggestion!.assignment)
    best = Math.min(best, value - problem.optimum)
    trials.push({ state: 'finished', config: suggestion!.assignment, history: [value] })
    if (checkpoints.some((one) => one === count)) reached.push(best)
  }
  return reached
}

/** A row for each checkpoint; the goal is that after 50 trials. */
function toFindings({ name, goal }: Problem, method: string, searches: readonly (readonly number[])[]): Finding[] {
  return checkpoints.map((count, index) => {
    const regrets = searches.map((reached) => reached[index]!)
    const [low, high] = [percentile(regrets, 25), percentile(regrets, 75)]
    const value = median(regrets)
    return {
      what: `${name}, ${method}, regret after ${count}`,
      value,
      text: `${short(value)} (${short(low)} to ${short(high)})`,
      ...(goal !== undefined && count === 50 && method === 'gp' && { goal }),
    }
  })
}

function short(value: number): string {
  return value >= 0.01 && value < 1000 ? String(Number(value.toPrecision(2))) : value.toExponential(1)
}

/** Milliseconds of a suggestion with so many observations of Hartmann-6. */
function measureCost(): Finding[] {
  const problem = problems().find(({ name }) => name === 'Hartmann-6')!
  const config = configOf(problem, 'gp')
  return [
    [50, 15],
    [100, 60],
    [500, 250],
    [1000, undefined],
  ].map(([count = 0, goal]) => {
    const known = suggest(configOf(problem, 'random'), [], { count, seed: 1 }).map(
      ({ assignment }): Trial => ({ state: 'finished', config: assignment, history: [problem.valueOf(assignment)] }),
    )
    const durations: number[] = []
    for (let i = 0; i < 12; i++) {
      // Turns alternate between two kinds of suggestions.
      const trials = known.slice(0, count - (i % 2))
      const startMs = performance.now()
      suggest(config, trials, { seed: i })
      durations.push(performance.now() - startMs)
    }
    const measured = durations.slice(2)
    const mean = measured.reduce((sum, one) => sum + one, 0) / measured.length
    return {
      what: `a suggestion with ${count} observations, mean of both kinds, ms`,
      value: mean,
      ...(goal !== undefined && { goal }),
    }
  })
}

const findings: Finding[] = []
for (const problem of problems().filter(({ name }) => only?.includes(name) ?? true)) {
  const seeds = Array.from({ length: seedCount }, (_, seed) => seed * 7919 + 1)
  for (const method of ['random', 'gp', 'tpe', 'cmaes']) {
    findings.push(
      ...toFindings(
        problem,
        method,
        seeds.map((seed) => search(problem, method, seed)),
      ),
    )
  }
  if (!values.optuna) continue
  for (const sampler of ['tpe', 'gp'] as const) {
    const answer = await askOptuna(problem, { sampler, seeds, checkpoints })
    if ('missing' in answer) console.log(`sweeps: Optuna's ${sampler} skipped: ${answer.missing}`)
    else findings.push(...toFindings(problem, `Optuna ${sampler}`, answer.searches))
  }
}
// Last, so that the code is warm, as a server's is.
report(`sweeps, ${seedCount} seeds, medians and quartiles`, [...measureCost(), ...findings])
