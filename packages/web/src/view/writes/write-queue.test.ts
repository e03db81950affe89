import { expect, test } from 'vitest'
import { parseWrites, type Write } from './write.ts'
import { createWriteQueue, QueueFullError, waitingMax } from './write-queue.ts'

class Away extends Error {}

const write = (id: string): Write => ({ id, what: `do ${id}`, name: 'PATCH /x', path: {}, body: {}, shows: [] })
const onlyNow = (id: string): Write => ({
  ...write(id),
  onlyNow: { advice: 'Look again.', maybe: 'Some may be gone.' },
})

function open(waiting: readonly Write[] = []) {
  let isAway = false
  let refused = ''
  const sent: string[] = []
  const told: string[] = []
  let kept: readonly Write[] = []
  let isWaiting = false
  const queue = createWriteQueue({
    waiting,
    async send({ id }) {
      sent.push(id)
      await undefined
      if (isAway) throw new Away()
      if (id === refused) throw new Error('no')
      return id
    },
    isAway: (error) => error instanceof Away,
    onSent: () => {},
    onRefused: ({ id }, _error, hasWaited) => told.push(`${id}${hasWaited ? ' later' : ''}`),
    onLost: ({ id }, wasSent) => told.push(`${id} lost${wasSent ? ' on its way' : ''}`),
    onChange(writes, waits) {
      kept = writes
      isWaiting = waits
    },
  })
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
  return {
    queue,
    sent,
    told,
    settle,
    kept: () => kept.map(({ id }) => id).join(''),
    isWaiting: () => isWaiting,
    serverIsAway: (is: boolean) => {
      isAway = is
    },
    refuse: (id: string) => {
      refused = id
    },
  }
}

test('changes go one after another, and one that is refused holds up no other', async () => {
  const page = open()
  page.refuse('b')
  const outcomes = ['a', 'b', 'c'].map((id) => page.queue.submit(write(id)))
  expect(await Promise.all(outcomes)).toEqual([
    { kind: 'sent', answer: 'a' },
    { kind: 'refused' },
    { kind: 'sent', answer: 'c' },
  ])
  expect([page.sent, page.told, page.kept()]).toEqual([['a', 'b', 'c'], ['b'], ''])
})

test('while the server is away they wait in their order, and each is sent once when it is back', async () => {
  const page = open()
  page.serverIsAway(true)
  expect(await page.queue.submit(write('a'))).toEqual({ kind: 'waits' })
  expect(await page.queue.submit(write('b'))).toEqual({ kind: 'waits' })
  await page.queue.submit(write('c'))
  expect([page.kept(), page.isWaiting()]).toEqual(['abc', true])
  expect([page.queue.drop('b'), page.queue.drop('b')]).toEqual([true, false])
  page.refuse('a')
  page.serverIsAway(false)
  page.sent.length = 0
  page.queue.flush()
  page.queue.flush()
  await page.settle()
  expect([page.sent, page.told, page.kept(), page.isWaiting()]).toEqual([['a', 'c'], ['a later'], '', false])
})

test('what waited before a reload is sent after it', async () => {
  const page = open(parseWrites(JSON.parse(JSON.stringify([write('a'), { id: 7 }, write('b')]))))
  expect([page.kept(), page.isWaiting()]).toEqual(['ab', true])
  page.queue.flush()
  await page.settle()
  expect(page.sent).toEqual(['a', 'b'])
})

test('a hundred may wait, and no more', async () => {
  const page = open()
  page.serverIsAway(true)
  for (let index = 0; index < waitingMax; index++) await page.queue.submit(write(`w${index}`))
  await expect(page.queue.submit(write('more'))).rejects.toThrow(QueueFullError)
  expect(page.queue.all()).toHaveLength(waitingMax)
})

test('what is made now or not at all never waits, and it is told whether it was sent', async () => {
  const page = open()
  page.serverIsAway(true)
  expect(await page.queue.submit(onlyNow('a'))).toEqual({ kind: 'lost' })
  // Nothing waits, so that the next one is tried.
  expect([page.told, page.kept(), page.isWaiting()]).toEqual([['a lost on its way'], '', false])
  const outcomes = [write('b'), onlyNow('c'), write('d')].map((one) => page.queue.submit(one))
  expect(await Promise.all(outcomes)).toEqual([{ kind: 'waits' }, { kind: 'lost' }, { kind: 'waits' }])
  expect(await page.queue.submit(onlyNow('e'))).toEqual({ kind: 'lost' })
  expect([page.told.slice(1), page.kept()]).toEqual([['c lost', 'e lost'], 'bd'])
  page.serverIsAway(false)
  page.sent.length = 0
  page.queue.flush()
  await page.settle()
  expect(page.sent).toEqual(['b', 'd'])
})
