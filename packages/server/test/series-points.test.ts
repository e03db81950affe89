import { expect, test } from 'vitest'
import { historyLines, openTestServer } from './test-server.ts'

const request = { entity: 'local', project: 'demo', runIds: ['a', 'gone', 'b'], key: 'loss', x: { kind: 'step' } }

test('every point comes as text, run by run, and no name is a formula of a spreadsheet', async () => {
  await using test = await openTestServer()
  await test.upsert('a', { displayName: '=1+1, really' })
  await test.upsert('b', { displayName: 'b' })
  const rows = Array.from({ length: 10_000 }, (_, i) => ({ loss: i / 4 }))
  await test.stream('a', { files: { 'wandb-history.jsonl': { offset: 0, content: historyLines(0, rows) } } })
  const content = ['{"_step":0,"loss":NaN}', '{"_step":7,"loss":1}']
  await test.stream('b', { files: { 'wandb-history.jsonl': { offset: 0, content } } })

  const csv = await test.post('/api/series/points', { ...request, format: 'csv' })
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const lines = (await csv.text()).split('\r\n')
  expect(lines).toHaveLength(1 + 10_000 + 2 + 1)
  expect(lines[0]).toBe('run,run id,_step,loss')
  expect(lines[4001]).toBe(`"'=1+1, really",a,4000,1000`)
  expect(lines.slice(10_001)).toEqual(['b,b,0,NaN', 'b,b,7,1', ''])

  const json = await test.post('/api/series/points', { ...request, range: [9999, 20_000], format: 'json' })
  expect(await json.json()).toEqual([{ run: '=1+1, really', runId: 'a', x: 9999, value: 2499.75 }])
  const ends = await test.post('/api/series/points', { ...request, runIds: ['b'], format: 'json' })
  expect(await ends.json()).toEqual([
    { run: 'b', runId: 'b', x: 0, value: 'NaN' },
    { run: 'b', runId: 'b', x: 7, value: 1 },
  ])
  const none = await test.post('/api/series/points', { ...request, runIds: ['gone'], format: 'json' })
  expect(await none.json()).toEqual([])
  expect((await test.post('/api/series/points', { ...request, format: 'xml' })).status).toBe(400)
})
