import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { env, pipeline } from '@huggingface/transformers'
import { init } from '@lossline/core'
import { reportOf, reportTo } from '@lossline/transformers'
import { loadTickets } from '../../examples/transformers-tickets/tickets.ts'
import type { AdapterScenario, AdapterScenarios } from './scenario.ts'

/** What is done with a pipeline. */
type Work<Pipe> = (pipe: Pipe) => Promise<unknown>

/** The small models of the example: the smaller a model, the more a call costs that is logged. */
export async function openTransformersScenarios(): Promise<AdapterScenarios> {
  env.allowRemoteModels = false
  env.localModelPath = fileURLToPath(new URL('../../examples/transformers-tickets/models/', import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'lossline-bench-'))
  const run = await init({ project: 'bench', dir: folder, mode: 'local', silent: true, console: 'off' })
  const texts = loadTickets().test.map(({ text }) => text)

  const scenario = <Pipe extends object>(
    name: string,
    [plain, tracked]: readonly [Pipe, Pipe],
    work: Work<Pipe>,
  ): AdapterScenario => {
    reportTo(tracked, { run, name: name.replaceAll(/\W+/g, '-') })
    return { name, rounds: 31, plain: () => work(plain), tracked: () => work(tracked) }
  }
  /** The same with a new table each time, which is made and logged: a table is full after 1,000 inputs. */
  const tableScenario = <Pipe extends object>(
    name: string,
    [plain, tracked]: readonly [Pipe, Pipe],
    work: Work<Pipe>,
  ): AdapterScenario => {
    let round = 0
    return {
      ...{ name, rounds: 31, isDefault: false },
      plain: () => work(plain),
      async tracked() {
        reportTo(tracked, { run, name: `table-${round}` })
        round += 1
        await work(tracked)
        reportOf(tracked)?.undo()
      },
    }
  }
  const times = (count: number, work: () => Promise<unknown>) => async () => {
    for (let time = 0; time < count; time += 1) await work()
  }
  const open = async <Pipe>(make: () => Promise<Pipe>) => [await make(), await make()] as const
  const openClassifiers = () => open(() => pipeline('text-classification', 'ticket-classifier'))
  const openEmbedders = () => open(() => pipeline('feature-extraction', 'ticket-embedder'))
  const openGenerators = () => open(() => pipeline('text-generation', 'tiny-lm'))

  const classifyInBatches =
    (batchSize: number): Work<Awaited<ReturnType<typeof openClassifiers>>[0]> =>
    async (classify) => {
      // Long enough that the code of both is compiled after the first rounds.
      for (let pass = 0; pass < 5; pass += 1) {
        for (let start = 0; start < texts.length; start += batchSize) {
          await classify(texts.slice(start, start + batchSize))
        }
      }
    }
  return {
    scenarios: [
      scenario('text-classification, 5 calls of 5 ms', await openClassifiers(), classifyInBatches(224)),
      scenario('feature-extraction of 224 texts, 5 times', await openEmbedders(), (embed) =>
        times(5, () => embed(texts, { pooling: 'mean' }))(),
      ),
      scenario('text-generation of 24 tokens, 10 times', await openGenerators(), (generate) =>
        times(10, () => generate('I was charged', { max_new_tokens: 24, do_sample: false }))(),
      ),
      // Models that do next to nothing show what a call and a row cost; few have such.
      {
        ...scenario('text-classification, 35 calls of 0.7 ms', await openClassifiers(), classifyInBatches(32)),
        isDefault: false,
      },
      {
        ...scenario('text-classification, 1,120 calls of 35 µs', await openClassifiers(), classifyInBatches(1)),
        isDefault: false,
      },
      tableScenario('text-classification, 5 calls, 1,000 rows', await openClassifiers(), classifyInBatches(224)),
    ],
    async [Symbol.asyncDispose]() {
      await run.finish()
      rmSync(folder, { recursive: true })
    },
  }
}
