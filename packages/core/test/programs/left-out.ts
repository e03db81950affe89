// Logs values that cannot be logged, each more than once.
import { init } from '@lossline/core'

const run = await init()
for (let row = 0; row < 3; row += 1) run.log({ row, missing: undefined as unknown })
for (let row = 0; row < 2; row += 1) run.log({ row, accuracy: Promise.resolve(1) as unknown })
run.log({ row: 1 }, { step: 10 })
run.log({ row: 2 }, { step: 3 })
run.log({ row: 3 }, { step: 2 })
run.log({ row: 4 }, { step: 11 })
await run.finish()
