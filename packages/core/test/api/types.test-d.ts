import { expectTypeOf } from 'vitest'
import {
  Api,
  type ArtifactVersion,
  exportHistory,
  type HistoryRow,
  type Listing,
  login,
  type StoredFile,
  type StoredRun,
} from '../../src/index.ts'

const api = new Api({ baseUrl: 'http://h', timeoutMs: 1000 })
expectTypeOf(api.runs()).toEqualTypeOf<Listing<StoredRun>>()
expectTypeOf(api.run('x')).resolves.toEqualTypeOf<StoredRun>()
expectTypeOf(api.artifactVersions('model', 'x')).toEqualTypeOf<Listing<ArtifactVersion>>()
// @ts-expect-error not an option
new Api({ url: 'http://h' })
// @ts-expect-error an order is a text
api.runs('p', { order: ['loss'] })

const run = await api.run('x')
run.name = 'y'
run.tags = ['a']
// @ts-expect-error the server decides
run.state = 'finished'
// @ts-expect-error changed by update
run.config.lr = 1
expectTypeOf(run.history()).resolves.toEqualTypeOf<HistoryRow[]>()
expectTypeOf(run.files().first()).resolves.toEqualTypeOf<StoredFile | undefined>()
expectTypeOf(run.createdAt).toEqualTypeOf<Date>()
for await (const row of run.scanHistory({ keys: ['a'] })) expectTypeOf(row).toEqualTypeOf<HistoryRow>()
// @ts-expect-error a stream that there is not
await run.history({ stream: 'events' })

await exportHistory(api.runs(), { path: 'x.csv' })
await exportHistory([run], { path: 'x', format: 'parquet', keys: ['a'] })
// @ts-expect-error a format that there is not
await exportHistory(run, { path: 'x', format: 'xlsx' })
expectTypeOf((await login({ key: 'k' })).keySource).toEqualTypeOf<
  'argument' | 'settings' | 'stored' | 'prompt' | undefined
>()
