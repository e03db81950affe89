import { describe, expect, test, vi } from 'vitest'
import { createConfirmStore } from './confirm-store.ts'
import { parseEmbed } from './embed.ts'
import { projectPageOf, sharedSearch } from './project-pages.ts'
import { createToastStore, toastMs } from './toast-store.ts'

describe('messages', () => {
  test('leave the screen after a while, stay in the list, and wait while somebody points at them', () => {
    vi.useFakeTimers()
    try {
      const store = createToastStore()
      const onScreen = (): readonly string[] => store.get().flatMap((toast) => (toast.isOnScreen ? toast.text : []))
      store.show('first')
      vi.advanceTimersByTime(toastMs / 2)
      store.show('second')
      store.showProblem(new Error('a problem'))
      vi.advanceTimersByTime(toastMs / 2)
      expect(onScreen()).toEqual(['a problem', 'second'])
      store.pause()
      vi.advanceTimersByTime(10 * toastMs)
      expect(onScreen()).toEqual(['a problem', 'second'])
      store.resume()
      vi.advanceTimersByTime(toastMs / 2)
      expect(onScreen()).toEqual(['a problem'])
      expect(store.get().map(({ text }) => text)).toEqual(['a problem', 'second', 'first'])
    } finally {
      vi.useRealTimers()
    }
  })

  test('take back what they are about, once; one that cannot be taken back says so', async () => {
    const undo = vi.fn()
    const store = createToastStore()
    store.show('3 runs moved to trash', undo)
    const [toast] = store.get()
    await store.undo(toast!.id)
    await store.undo(toast!.id)
    expect(undo).toHaveBeenCalledTimes(1)
    expect(store.get()[0]).toMatchObject({ isUndone: true, isOnScreen: false })
    store.show('renamed', () => Promise.reject(new Error('gone')))
    await store.undo(store.get()[0]!.id)
    expect(store.get()[0]).toMatchObject({ text: 'Could not undo: gone', isProblem: true, isOnScreen: true })
    expect(store.get()[1]).toMatchObject({ text: 'renamed', isUndone: false })
  })
})

test('the newest edit that is not taken back is found, where it is newer than something else', async () => {
  let now = 100
  const store = createToastStore(() => now)
  store.showEdit('renamed', () => undefined)
  now = 200
  store.showEdit('tagged', () => undefined)
  store.show('copied', () => undefined)
  store.showEdit('stopped', undefined)
  expect(store.lastEdit(200)).toBeUndefined()
  expect(store.lastEdit(150)?.text).toBe('tagged')
  expect(await store.undo(store.lastEdit(150)!.id)).toBe(true)
  expect([store.lastEdit(150), store.lastEdit(0)?.text]).toEqual([undefined, 'renamed'])
})

test('a question is answered once; the next one answers it with no', async () => {
  const store = createConfirmStore()
  const first = store.ask({ title: 'one', text: '', action: 'Do it' })
  const second = store.ask({ title: 'two', text: '', action: 'Do it' })
  expect(await first).toBe(false)
  store.question.get()?.answer(true)
  expect(await second).toBe(true)
  expect(store.question.get()).toBeUndefined()
})

test('an address says whether the page is inside a notebook', () => {
  expect(parseEmbed('?q=a')).toBeUndefined()
  expect(parseEmbed('?jupyter=true')).toEqual({ theme: undefined })
  expect(parseEmbed('?jupyter=true&theme=dark')).toEqual({ theme: 'dark' })
  expect(parseEmbed('?jupyter=true&theme=pink')).toEqual({ theme: undefined })
})

test.each([
  ['/me/digits', 'workspace'],
  ['/me/digits/', 'workspace'],
  ['/me/digits/table', 'runs'],
  ['/me/digits/runs/a1/logs', 'runs'],
  ['/me/digits/artifacts/model/cnn/v0', 'artifacts'],
  ['/me/digits/else', undefined],
])('%s is on or below the page %s', (path, id) => expect(projectPageOf(path)?.id).toBe(id))

test('which runs there are and which are drawn goes along between workspace and runs table, and nowhere else', () => {
  const search = { q: 'acc > 0.9', r: 'none~a,b', z: 'step~0~9', panel: 'p1' }
  const shared = { q: 'acc > 0.9', r: 'none~a,b' }
  expect(sharedSearch('/local/digits/workspace', search, '/$entity/$project/table')).toEqual(shared)
  expect(sharedSearch('/local/digits', search, '/$entity/$project/table')).toEqual(shared)
  expect(sharedSearch('/local/digits/table', search, '/$entity/$project/workspace')).toEqual(shared)
  expect(sharedSearch('/local/digits/table', search, '/$entity/$project/sweeps')).toEqual({})
  expect(sharedSearch('/local/digits/runs/a', search, '/$entity/$project/workspace')).toEqual({})
})
