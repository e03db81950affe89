import { describeStore } from '../src/conformance/describe-store.ts'
import { openSqliteStore } from '../src/index.ts'

describeStore('sqlite, in memory', async () => ({
  isPersistent: false,
  open: () => openSqliteStore({ path: ':memory:', groupCommitMs: 0 }),
  async [Symbol.asyncDispose]() {},
}))
