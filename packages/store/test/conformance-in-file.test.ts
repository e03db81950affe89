import { openTemporaryDirectory } from '@lossline/testing'
import { describeStore } from '../src/conformance/describe-store.ts'
import { openSqliteStore } from '../src/index.ts'

describeStore('sqlite, in a file', async () => {
  const directory = await openTemporaryDirectory()
  return {
    isPersistent: true,
    open: () => openSqliteStore({ path: directory.join('store.db'), groupCommitMs: 0 }),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  }
})
