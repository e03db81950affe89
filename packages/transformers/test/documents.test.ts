import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as lossline from '@lossline/core'
import { expect, test } from 'vitest'
import * as api from '../src/index.ts'
import * as pipelines from '../src/pipeline.ts'
import { transformers } from './local-models.ts'
import { stubSettings } from './settings.ts'
import { tf } from './tensorflow.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const programs = [...readme.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, program]) => program ?? '')

/** What the programs import. */
const modules: Readonly<Record<string, object>> = {
  lossline,
  '@huggingface/transformers': transformers,
  '@lossline/transformers': api,
  '@lossline/transformers/pipeline': pipelines,
}

/** Constructor of asynchronous functions, which has no name of its own. */
const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<unknown>

test('the README has programs', () => {
  expect(programs).toHaveLength(4)
})

test.each(programs.map((program, index) => ({ program, index })))(
  'program $index of the README runs',
  async ({ program }) => {
    const directory = await stubSettings()
    expect(tf.getBackend()).toBe('cpu')

    const imports = /^import (?:\* as (\w+)|(\{.*\})) from '(.*)'$/gm
    const code = program
      .replaceAll(
        imports,
        (_, whole: string | undefined, names: string, module: string) =>
          `const ${whole ?? names} = modules['${module}']`,
      )
      .replaceAll(/'(checkpoints|ticket-head)'/g, (_, folder: string) => JSON.stringify(join(directory, folder)))
    const summary = await new AsyncFunction('modules', `${code}\nreturn run.summary.toJSON()`)(modules)
    expect(Object.keys(summary as object)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(text-\w+\/latency_ms|train\/global_step|test\/accuracy)$/)]),
    )
  },
)

test('the README names every function, option, argument, problem and code', () => {
  const sources = ['pipelines/report-options.ts', 'trainer/training-arguments.ts', 'problems.ts'].map((path) =>
    readFileSync(new URL(`../src/${path}`, import.meta.url), 'utf8'),
  )
  const named = sources.flatMap((text) => [
    ...[...text.matchAll(/^ {2}(\w+): true,$/gm)].map(([, name]) => name ?? ''),
    ...[...text.matchAll(/^ {2}\| '([\w-]+)'$/gm)].map(([, code]) => code ?? ''),
  ])
  const functions = Object.keys(api)
  expect([...named, ...functions].filter((name) => !readme.includes(name))).toEqual([])
})
