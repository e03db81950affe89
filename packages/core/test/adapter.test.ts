import { writeFile } from 'node:fs/promises'
import { init } from '@lossline/core'
import {
  beforeFinish,
  claimName,
  createProblemReporter,
  createYielder,
  isShadowed,
  shadowMethod,
} from '@lossline/core/adapter'
import { openTemporaryDirectory, spawnScript } from '@lossline/testing'
import { describe, expect, test, vi } from 'vitest'

class Session {
  readonly name = 's'
  run(...feeds: number[]): string {
    if (feeds.length === 0) throw new Error('no feeds')
    return `${this.name}:${feeds.join()}`
  }
}

function countCalls(session: Session, label = 'a') {
  const calls: unknown[][] = []
  const shadowing = shadowMethod(
    session,
    'run',
    label,
    (original) =>
      function (this: unknown, ...args) {
        calls.push(args)
        return Reflect.apply(original, this, args)
      },
  )
  return { calls, shadowing }
}

describe('a method that is shadowed', () => {
  test('gets this, arguments, results and errors as before, and identity, prototype and keys stay', () => {
    const session = new Session()
    const { calls } = countCalls(session)
    expect(session.run(1, 2)).toBe('s:1,2')
    expect(() => session.run()).toThrow('no feeds')
    expect(calls).toEqual([[1, 2], []])
    expect(session).toBeInstanceOf(Session)
    expect(Object.keys(session)).toEqual(['name'])
    expect(session.run.name).toBe('run')
    expect(new Session().run(3)).toBe('s:3')
    expect(calls).toHaveLength(2)
  })

  test('comes back when it is undone, also an own one, twice without harm', () => {
    const session = new Session()
    const { calls, shadowing } = countCalls(session)
    shadowing?.undo()
    shadowing?.undo()
    expect(Object.hasOwn(session, 'run')).toBe(false)
    const own = Object.assign(new Session(), { run: () => 'own' })
    const second = countCalls(own)
    expect(own.run()).toBe('own')
    second.shadowing?.undo()
    expect(own.run()).toBe('own')
    expect([calls, second.calls]).toEqual([[], [[]]])
  })

  test('is shadowed once by a label, and again after it was undone', () => {
    const session = new Session()
    const first = countCalls(session)
    expect(countCalls(session).shadowing).toBeUndefined()
    expect(isShadowed(session, 'run', 'a')).toBe(true)
    const other = countCalls(session, 'b')
    expect(countCalls(session).shadowing).toBeUndefined()
    session.run(1)
    expect([first.calls, other.calls]).toEqual([[[1]], [[1]]])
    first.shadowing?.undo()
    expect(session.run(2)).toBe('s:2')
    expect([first.calls, other.calls]).toEqual([[[1]], [[1], [2]]])
    expect(isShadowed(session, 'run', 'a')).toBe(false)
  })

  test('undone out of order, is passed by and not put back over another', () => {
    const session = new Session()
    const first = countCalls(session)
    const patched = session.run
    session.run = function (this: Session, ...feeds) {
      return `foreign ${Reflect.apply(patched, this, feeds)}`
    }
    first.shadowing?.undo()
    expect(session.run(4)).toBe('foreign s:4')
    expect(first.calls).toEqual([])
  })

  test('is left alone where there is none, or where the object is frozen', () => {
    expect(shadowMethod({}, 'run', 'a', (original) => original)).toBeUndefined()
    const frozen = Object.freeze(new Session())
    expect(countCalls(frozen).shadowing).toBeUndefined()
    expect(frozen.run(1)).toBe('s:1')
  })
})

describe('a reporter of problems', () => {
  const problem = { code: 'x', message: 'Something is off.', hint: 'Mend it.' }

  test('tells the first of each code', () => {
    const told: unknown[] = []
    const report = createProblemReporter((one) => told.push(one))
    report(problem)
    report({ ...problem, message: 'again' })
    report({ ...problem, code: 'y' })
    expect(told).toEqual([problem, { ...problem, code: 'y' }])
  })

  test('writes one warning by default, and survives a listener that throws', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    createProblemReporter()(problem)
    expect(warn.mock.calls).toEqual([['lossline: Something is off. Mend it.']])
    warn.mockRestore()
    const report = createProblemReporter(() => {
      throw new Error('listener')
    })
    expect(() => report(problem)).not.toThrow()
  })
})

describe('what an adapter does before a run ends', () => {
  test('happens once, while the run still takes rows, unless it was taken back; errors stay inside', async () => {
    await using directory = await openTemporaryDirectory()
    const run = await init({ dir: directory.path, mode: 'local' })
    const seen: unknown[] = []
    beforeFinish(run, () => {
      throw new Error('adapter')
    })
    beforeFinish(run, () => {
      seen.push(run.isFinished)
      run.log({ last: 1 })
    })
    beforeFinish(run, () => seen.push('taken back'))()
    await run.finish()
    await run.finish()
    expect(seen).toEqual([false])
    expect(run.summary.get('last')).toBe(1)
  })

  test.each([['process.exit(0)'], ["process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)"]])(
    'happens with %s too',
    async (end) => {
      await using directory = await openTemporaryDirectory()
      const script = directory.join('program.mjs')
      await writeFile(
        script,
        `import { init } from '${import.meta.resolve('@lossline/core')}'
         import { beforeFinish } from '${import.meta.resolve('@lossline/core/adapter')}'
         const run = await init({ dir: ${JSON.stringify(directory.path)}, mode: 'local' })
         beforeFinish(run, () => { run.log({ last: 1 }); console.log('held back') })
         ${end}`,
      )
      await using child = spawnScript(script)
      await child.exited
      expect(child.stdout.match(/held back/g)).toHaveLength(1)
    },
  )
})

test('what is watched in one run has a name of its own, whoever watches', () => {
  const [run, other] = [{}, {}]
  expect([claimName(run, 'onnx'), claimName(run, 'onnx'), claimName(run, 'onnx')]).toEqual(['onnx', 'onnx-2', 'onnx-3'])
  expect(claimName(run, 'onnx-2')).toBe('onnx-2-2')
  expect(claimName(other, 'onnx')).toBe('onnx')
})

test('others have their turn when they have not had it for 25 ms, and not before', async () => {
  let nowMs = 0
  let turns = 0
  const pause = createYielder(() => nowMs)
  const pauseAt = async (atMs: number) => {
    nowMs = atMs
    const timer = setTimeout(() => {
      turns += 1
    })
    await pause()
    clearTimeout(timer)
  }
  for (const atMs of [0, 24, 25, 49, 50]) await pauseAt(atMs)
  expect(turns).toBe(2)
})
