// Remakes docs/images: starts a real server, logs a small project through the SDK, and photographs the page.
// usage: pnpm --filter @lossline/web screenshots     (after `pnpm build`; needs Chromium, see CHROMIUM_PATH)
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { launchChromium } from '@lossline/testing'
import { createRandom } from '../test/support/generated-data.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const images = join(root, 'docs', 'images')
/** More would weigh on every reader of the README. */
const imageBytesMax = 200_000
const project = 'digits'
const runs = [
  { name: 'adam 1e-3', learningRate: 1e-3, speed: 160, floor: 0.12, noise: 0.02 },
  { name: 'adam 3e-4', learningRate: 3e-4, speed: 320, floor: 0.1, noise: 0.015 },
  { name: 'sgd 1e-2', learningRate: 1e-2, speed: 480, floor: 0.2, noise: 0.04 },
  { name: 'adam 1e-3 dropout', learningRate: 1e-3, speed: 220, floor: 0.16, noise: 0.03 },
]
const stepCount = 1200
const stepsPerEpoch = 60

// What the SDK writes beside the program goes where it is thrown away.
const directory = mkdtempSync(join(tmpdir(), 'lossline-screenshots-'))
process.chdir(directory)
const lossline = await import(join(root, 'packages/lossline/dist/index.js'))
const server = await startServer()
const browser = await launchChromium()
try {
  if (!browser) throw new Error('No Chromium found: install one, or set CHROMIUM_PATH.')
  const runIds = []
  for (const [i, run] of runs.entries()) runIds.push(await logRun(run, i + 1))
  mkdirSync(images, { recursive: true })
  await photograph('workspace-light.png', `/local/${project}`, 'light', { hover: 'train/loss' })
  await photograph('workspace-dark.png', `/local/${project}`, 'dark', { hover: 'train/loss' })
  await photograph('run.png', `/local/${project}/runs/${runIds[0]}/overview`, 'light', {})
  const evaluationId = await logEvaluation()
  await photograph('tables.png', `/local/${project}/runs/${evaluationId}/tables?t=predictions`, 'light', {})
  await photograph('lineage.png', `/local/${project}/artifacts/dataset/digits/latest/lineage`, 'light', {})
} finally {
  await browser?.close()
  await server.stop()
  process.chdir(root)
  rmSync(directory, { recursive: true, force: true })
}

/** Starts `lossline serve` on a free port and waits for its address. */
async function startServer() {
  const main = join(root, 'packages/lossline/dist/cli/main.js')
  const options = ['serve', '--json', '--port', '0', '--data-dir', join(directory, 'served')]
  const child = spawn(process.execPath, ['--no-warnings', main, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const first = await Promise.race([
    new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve)),
    exited,
  ])
  const url = /http:\/\/[^\s"/]+/.exec(String(first))?.[0]
  if (url === undefined) throw new Error('The server ended before it said where it is.')
  return {
    url,
    stop: () => {
      child.kill('SIGTERM')
      return exited
    },
  }
}

async function logRun({ name, learningRate, speed, floor, noise }, seed) {
  const random = createRandom(seed)
  const run = await lossline.init({
    project,
    name,
    baseUrl: server.url,
    tags: ['baseline'],
    config: { learningRate, batchSize: 32, epochs: stepCount / stepsPerEpoch, model: { layers: 3, units: 64 } },
  })
  run.defineMetric('val/*', { stepMetric: 'epoch' })
  for (let step = 0; step < stepCount; step++) {
    const loss = floor + 2.2 * Math.exp(-step / speed)
    const jitter = () => (random() + random() - 1) * noise * (1 + loss)
    const row = { 'train/loss': Math.max(0, loss + jitter()), 'train/accuracy': 1 - loss / 2.6 + jitter() / 3 }
    if ((step + 1) % stepsPerEpoch === 0) {
      row.epoch = (step + 1) / stepsPerEpoch
      row['val/loss'] = loss + 0.06 + jitter() / 2
      row['val/accuracy'] = 0.97 - loss / 2.6 + jitter() / 5
      await sleep(100)
      console.log(`epoch ${row.epoch} val/loss ${row['val/loss'].toFixed(4)}`)
    }
    run.log({
      ...row,
      learning_rate: learningRate * 0.5 ** (step / 600),
      'train/gradient_norm': loss * 3 + Math.abs(jitter()) * 20,
    })
  }
  await run.finish()
  return run.id
}

/** A data set, two models made from it, and an evaluation of one with a table of predictions and a confusion matrix. */
async function logEvaluation() {
  const { Artifact, Image, init, plot, Table } = lossline
  const options = { project, baseUrl: server.url }
  const prepare = await init({ ...options, name: 'prepare', jobType: 'prepare' })
  const data = new Artifact('digits', 'dataset', { description: 'Handwritten digits.' })
  await data.addBuffer('pixels', 'train.bin')
  await prepare.logArtifact(data).wait()
  await prepare.finish()
  for (const size of ['small', 'large']) {
    const train = await init({ ...options, name: `train ${size}`, jobType: 'train' })
    // biome-ignore lint/correctness/useHookAtTopLevel: a method of runs, no hook.
    await train.useArtifact('digits:latest')
    const model = new Artifact(`cnn-${size}`, 'model', { metadata: { size } })
    await model.addBuffer(size, 'weights.bin')
    await train.logArtifact(model, { aliases: ['best'] }).wait()
    await train.finish()
  }
  const evaluate = await init({ ...options, name: 'evaluate small', jobType: 'evaluate' })
  // biome-ignore lint/correctness/useHookAtTopLevel: as above.
  await evaluate.useArtifact('cnn-small:best')
  const random = createRandom(9)
  const examples = Array.from({ length: 300 }, (_, i) => {
    const label = i % 10
    const isRight = random() < 0.9
    return { label, prediction: isRight ? label : Math.floor(random() * 10), score: 0.5 + random() / 2 }
  })
  const rows = examples.map(({ label, prediction, score }) => [
    new Image(drawDigit(label, random), { width: 16, height: 16 }),
    String(label),
    String(prediction),
    score,
    label === prediction,
  ])
  evaluate.log({
    predictions: new Table({ columns: ['image', 'label', 'prediction', 'score', 'correct'], rows }),
    matrix: plot.confusionMatrix({
      yTrue: examples.map(({ label }) => label),
      preds: examples.map(({ prediction }) => prediction),
      classNames: Array.from({ length: 10 }, (_, i) => String(i)),
      title: 'Confusion matrix',
    }),
    accuracy: examples.filter(({ label, prediction }) => label === prediction).length / examples.length,
  })
  await evaluate.finish()
  return evaluate.id
}

/** A digit as the lit segments of a display, shaken a little. */
function drawDigit(digit, random) {
  const segments = ['abcdef', 'bc', 'abged', 'abgcd', 'fgbc', 'afgcd', 'afgedc', 'abc', 'abcdefg', 'abcdfg'][digit]
  const boxes = {
    a: [4, 2, 8, 2],
    b: [10, 2, 2, 6],
    c: [10, 8, 2, 6],
    d: [4, 12, 8, 2],
    e: [4, 8, 2, 6],
    f: [4, 2, 2, 6],
    g: [4, 7, 8, 2],
  }
  const pixels = Uint8Array.from({ length: 256 }, () => random() * 60)
  for (const segment of segments) {
    const [left, top, width, height] = boxes[segment]
    for (let y = top; y < top + height; y++) {
      for (let x = left; x < left + width; x++) pixels[y * 16 + x] = 170 + random() * 85
    }
  }
  return pixels
}

async function photograph(file, path, colorScheme, { hover }) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 820 },
    colorScheme,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(server.url + path)
  if (hover) {
    const area = page.getByRole('group', { name: hover, exact: true }).locator('.plot-area')
    await area.waitFor()
    await page.waitForTimeout(500)
    const box = await area.boundingBox()
    await page.mouse.move(box.x + box.width * 0.35, box.y + box.height * 0.45)
  }
  // Charts draw in the frame after their data.
  await page.waitForTimeout(700)
  const target = join(images, file)
  writeFileSync(target, await page.screenshot())
  const { size } = statSync(target)
  console.log(`${file}: ${Math.round(size / 1000)} kB`)
  if (size > imageBytesMax) throw new Error(`${file} is over ${imageBytesMax / 1000} kB.`)
  await context.close()
}
