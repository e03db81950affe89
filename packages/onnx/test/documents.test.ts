import { copyFile, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as lossline from '@lossline/core'
import { openTemporaryDirectory } from '@lossline/testing'
import * as ort from 'onnxruntime-node'
import { expect, onTestFinished, test, vi } from 'vitest'
import * as api from '../src/index.ts'
import { digitsModel, loadTestDigits } from './digits.ts'

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
const programs = [...readme.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, program]) => program ?? '')

/** Constructor of asynchronous functions, which has no name of its own. */
const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<unknown>

test('the programs of the README print what they say', async () => {
  const directory = await openTemporaryDirectory()
  onTestFinished(() => directory[Symbol.asyncDispose]())
  const settings = { MODE: 'offline', DIR: directory.path, SILENT: 'true', CONSOLE: 'off' }
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(`LOSSLINE_${name}`, value)
  onTestFinished(() => void vi.unstubAllEnvs())
  const model = join(directory.path, 'digits-cnn.onnx')
  await copyFile(digitsModel, model)

  const [first = '', ...others] = programs.map((program) =>
    program.replaceAll("'digits-cnn.onnx'", JSON.stringify(model)),
  )
  expect(others).toHaveLength(4)
  const begin = first.replaceAll(/^import (?:\* as (\w+)|\{.*\}) from '.*'\n/gm, '').replace('await run.finish()\n', '')
  const code = [begin, ...others.map((program) => `{\n${program}}`), 'await run.finish()'].join('\n')
  const printed: string[] = []
  const print = { log: (...values: unknown[]) => void printed.push(values.join(' ')) }
  const names = { lossline, ort, digits: loadTestDigits(), console: print, ...api }
  await new AsyncFunction(...Object.keys(names), code)(...Object.values(names))
  const said = [...readme.matchAll(/^\s*console\.log\(.*\) \/\/ (.*)$/gm)].map(([, text]) => text)
  expect(printed).toEqual(said)
})

test('the README names every function, option and problem', async () => {
  const folder = new URL('../src/', import.meta.url)
  const paths = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.ts'))
  const sources = await Promise.all(paths.map((path) => readFile(new URL(path, folder), 'utf8')))
  const named = sources.flatMap((text) => [
    ...[...text.matchAll(/^ {2}(\w+): true,$/gm)].map(([, name]) => name ?? ''),
    ...[...text.matchAll(/^ {2}\| '(onnx-[\w-]+)'$/gm)].map(([, code]) => code ?? ''),
  ])
  expect(named.length).toBeGreaterThan(20)
  expect([...named, ...Object.keys(api)].filter((name) => !readme.includes(name))).toEqual([])
})
