// Logs tables that cannot be logged as they are, each twice.
import { init, Table } from '@lossline/core'

const run = await init({ disableMetadata: true })
const changed = new Table({ columns: ['a'], rows: [[1]] })
run.log({ changed })
changed.addRow(2)
run.log({ changed })
run.log({ changed })
const large = Table.fromColumns({ a: new Float64Array(200_001) })
run.log({ large })
await run.finish()
