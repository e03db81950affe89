// One measurement of init.bench.ts: what a program waits for before its first row is logged.
const startMs = performance.now()
const { init } = await import('@lossline/core')
const importedMs = performance.now()
const run = await init({ dir: process.argv[2], project: 'bench', config: { learningRate: 0.1 } })
run.log({ loss: 0.5, epoch: 0 })
const loggedMs = performance.now()
process.stdout.write(JSON.stringify({ importMs: importedMs - startMs, initMs: loggedMs - importedMs }))
await run.finish()
