import { describe, expect, test } from 'vitest'
import type { PutMetricNoteWrite } from '../views/metric-notes.ts'
import { type CreateStorePlace, nowMs, openTestStore, type TestStore } from './store-place.ts'

/** What people say of metrics is kept by project and metric, field by field, and taken back again. */
export function describeMetricNotes(createPlace: CreateStorePlace): void {
  describe('notes of metrics', () => {
    const open = async (test: TestStore) => {
      const { id: project } = (await test.store.project('e', 'p'))!
      const put = async (metric: string, fields: Partial<PutMetricNoteWrite>) => {
        const write = { kind: 'put-metric-note', project, metric, username: 'ada', nowMs, ...fields } as const
        const [{ note }] = await test.store.write([write])
        return note
      }
      return { project, put }
    }

    test('are kept by name, and what is not said anew stays', async () => {
      await using test = await openTestStore(createPlace)
      const { project, put } = await open(test)
      await put('val/loss', { description: 'On unseen data\u0000', goal: 'minimize' })
      const second = await put('acc\\.top1', { unit: '%' })
      const first = await put('val/loss', { unit: '', username: 'bob', nowMs: nowMs + 3 })
      expect(first).toEqual({
        projectId: project,
        metric: 'val/loss',
        description: 'On unseen data\u0000',
        unit: '',
        goal: 'minimize',
        username: 'bob',
        updatedAtMs: nowMs + 3,
      })
      await test.reopen()
      expect(await test.store.metricNotes({ project })).toEqual([second, first])
      expect(second).toMatchObject({ description: null, unit: '%', goal: null })
    })

    test('are gone when nothing is left of them', async () => {
      await using test = await openTestStore(createPlace)
      const { project, put } = await open(test)
      await put('loss', { description: 'x', goal: 'none' })
      expect(await put('loss', { description: null })).toMatchObject({ description: null, goal: 'none' })
      expect(await put('loss', { goal: null })).toBeNull()
      expect(await put('never', {})).toBeNull()
      expect(await test.store.metricNotes({ project })).toEqual([])
    })

    test('are of one project, and go with it', async () => {
      await using test = await openTestStore(createPlace)
      const { project, put } = await open(test)
      const [{ project: other }] = await test.store.write([{ kind: 'put-project', entity: 'e', name: 'q', nowMs }])
      await put('loss', { unit: 'nats' })
      await put('loss', { unit: 'bits', project: other.id })
      expect(await test.store.metricNotes({ project })).toMatchObject([{ unit: 'nats' }])
      await test.store.write([{ kind: 'delete-project', project, liveSinceMs: nowMs + 1, nowMs }])
      expect(await test.store.metricNotes({ project })).toEqual([])
      expect(await test.store.metricNotes({ project: other.id })).toMatchObject([{ unit: 'bits' }])
      const late = test.store.write([
        { kind: 'put-metric-note', project: 999, metric: 'loss', unit: 's', username: 'ada', nowMs },
      ])
      await expect(late).rejects.toMatchObject({ code: 'not-found' })
    })
  })
}
