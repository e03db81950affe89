import { readFileSync } from 'node:fs'
import { openTemporaryDirectory, spawnScript } from '@lossline/testing'
import { expect, test } from 'vitest'
import * as adapter from '../src/index.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

// What the README says its programs have, with imports of all that they use.
const prelude = `
const { ${Object.keys(adapter).join(', ')} } = await import('@lossline/tfjs')
const tf = await import('@tensorflow/tfjs')
const lossline = await import('@lossline/core')
const run = await lossline.init({ project: 'readme' })
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] })
model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' })
const x = tf.randomNormal([24, 2])
const y = x.sum(1, true)
const [xTest, yTest] = [x, y]
`

/** A program of the README as the body of a function: what it imports is imported, by another name for what is not here. */
function toBody(program: string): string {
  return program
    .replaceAll("'lossline'", "'@lossline/core'")
    .replaceAll(/^import \* as (\w+) from ('.+')$/gm, 'const $1 = await import($2)')
    .replaceAll(/^import (\{.+\}) from ('.+')$/gm, 'const $1 = await import($2)')
}

test('the programs of the README run, and print what stands beside them', { timeout: 60_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  const programs = [...readme.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, program]) => program ?? '')
  const complete = programs.filter((program) => program.includes('import '))
  const others = programs.filter((program) => !program.includes('import '))
  const inOneProgram = others.map((program) => `{\n${program}\n}`).join('\n')
  const script = new URL('documents-program.mjs', import.meta.url)

  await using child = spawnScript(script, {
    input: JSON.stringify([...complete.map(toBody), `${prelude}\n${inOneProgram}\nawait run.finish()`]),
    cwd: directory.path,
    env: { LOSSLINE_SILENT: 'true' },
  })

  expect(await child.exited).toEqual({ exitCode: 0, signal: null })
  const expected = programs.flatMap((program) =>
    [...program.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, line]) => line),
  )
  expect(expected.length).toBeGreaterThan(2)
  expect(child.stdout.split('\n').filter((line) => line !== '')).toEqual(expected)
})

test('the README names every function, option and problem', () => {
  const functions = Object.keys(adapter).filter((name) => !name.endsWith('Error'))
  expect(functions.filter((name) => !readme.includes(name))).toEqual([])
  const problems = readFileSync(new URL('../src/problems.ts', import.meta.url), 'utf8')
  const codes = new Set([...problems.matchAll(/'(tfjs-[a-z-]+)'/g)].map(([, code]) => code ?? ''))
  expect([...codes].filter((code) => !readme.includes(`\`${code}\``))).toEqual([])
})
