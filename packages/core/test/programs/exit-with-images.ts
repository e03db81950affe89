import { Artifact, Image, init } from '@lossline/core'

// Logs a thousand rows, three images and an artifact, and is gone at once.
const run = await init({
  project: 'demo',
  mode: 'online',
  apiKey: 'k'.repeat(40),
  console: 'off',
  disableMetadata: true,
})
const startMs = performance.now()
for (let step = 0; step < 1000; step += 1) run.log({ loss: step })
for (let index = 0; index < 3; index += 1) {
  run.log({ sample: new Image(new Uint8Array(64).fill(index * 100), { width: 8, height: 8 }) })
}
const model = new Artifact('weights', 'model')
await model.addBuffer(new Uint8Array(1000), 'weights.bin')
run.logArtifact(model)
console.log(`after ${Math.round(performance.now() - startMs)} ms`)
process.exit(7)
