// A user's program, as plain JavaScript: logs a run into .lossline/ of the working directory.
import { init } from 'lossline'

const run = await init({ project: 'packed', config: { learningRate: 0.1 } })
for (let epoch = 0; epoch < 100; epoch++) run.log({ loss: 1 / (epoch + 1), epoch })
await run.finish()
console.log(`run:${run.id}`)
