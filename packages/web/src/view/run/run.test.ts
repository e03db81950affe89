import { expect, test } from 'vitest'
import { toYaml } from '../text/to-yaml.ts'
import { lastLines } from './last-lines.ts'
import { resumeCommand } from './restart.ts'
import { codeFiles } from './run-code.ts'

test('the main program comes first, patches last', () => {
  const names = ['diff.patch', 'code/lib/model.py', 'config.yaml', 'code/train.py', 'diff_0a1b.patch', 'code/a.py']
  const files = codeFiles(
    names.map((name) => ({ name })),
    { codePath: 'train.py' },
  )
  expect(files.map(({ name }) => name)).toEqual([
    'code/train.py',
    'code/a.py',
    'code/lib/model.py',
    'diff_0a1b.patch',
    'diff.patch',
  ])
})

test('a run is resumed by its id, with its program and arguments', () => {
  const run = { entity: 'local', project: 'my digits', runId: 'a1', program: 'train.mjs' }
  expect(resumeCommand({ ...run, metadata: { args: ['--name', "it's"] } }, 'http://h:80')).toBe(
    `WANDB_BASE_URL=http://h:80 WANDB_ENTITY=local WANDB_PROJECT='my digits' WANDB_RUN_ID=a1 WANDB_RESUME=allow node train.mjs --name 'it'\\''s'`,
  )
  expect(
    resumeCommand({ ...run, metadata: { program: '/x/t.py', executable: '/usr/bin/python3' } }, 'http://h'),
  ).toMatch(/ \/usr\/bin\/python3 \/x\/t\.py$/)
})

test('a config as YAML', () => {
  const config = { lr: 0.1, net: { depth: 2, 'a b': [1, 'x'], empty: {} }, on: true, name: 'a: b', none: null }
  expect(toYaml(config)).toBe(
    'lr: 0.1\nnet:\n  depth: 2\n  "a b": [1,"x"]\n  empty: {}\n"on": true\nname: "a: b"\nnone: null',
  )
})

test('what a run said last is its traceback, else its last lines', () => {
  const python = [
    'epoch 1',
    'Traceback (most recent call last):',
    '  File "t.py", line 3',
    '    f()',
    'ValueError: no',
    '',
  ]
  expect(lastLines([...python, 'wandb: bye', ''])).toEqual(python.slice(1, 5))
  const node = ['step 3', 'Error: no', '    at f (t.mjs:1:2)', '    at main (t.mjs:9:1)', '']
  expect(lastLines(node)).toEqual(node.slice(1, 4))
  expect(lastLines(['\u001b[31mred\u001b[0m', ''])).toEqual(['red'])
  expect(lastLines(Array.from({ length: 20 }, (_, i) => `line ${i}`))).toHaveLength(8)
  expect(lastLines([])).toEqual([])
})
