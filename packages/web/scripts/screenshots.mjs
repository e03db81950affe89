// Remakes docs/images: starts a real server, loads its sample project, and photographs the page.
// usage: pnpm screenshots [name…]     (after `pnpm build`; needs Chromium, see CHROMIUM_PATH)
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { launchChromium } from '@lossline/testing'

const root = join(import.meta.dirname, '..', '..', '..')
const images = join(root, 'docs', 'images')
/** More would weigh on every reader of the README, and on everybody who clones the repository. */
const imageBytesMax = 260_000
const allBytesMax = 1_500_000
const project = '/local/sample'
const sweep = 'd1g1tswp'

/**
 * What is photographed. `hover` is a chart under whose pointer values are shown, `ready` a text that is there when the page is.
 *
 * @param runs - Ids by names.
 */
const toPictures = (runs) => [
  { name: 'workspace-light', path: `${project}?c=Overview,test`, hover: 'train/loss', ready: 'train' },
  {
    name: 'workspace-dark',
    path: `${project}?c=Overview,test`,
    hover: 'train/loss',
    ready: 'train',
    colorScheme: 'dark',
  },
  { name: 'runs-table', path: `${project}/table`, ready: 'evaluate large' },
  { name: 'run', path: `${project}/runs/${runs['final large']}/overview`, ready: 'val/accuracy' },
  { name: 'sweep', path: `${project}/sweeps/${sweep}`, ready: 'Best run', height: 900 },
  { name: 'lineage', path: `${project}/artifacts/dataset/digits/clean/lineage`, ready: 'prepare cleaned digits' },
  { name: 'tables', path: `${project}/runs/${runs['evaluate small']}/tables?t=predictions`, ready: 'confidence' },
  { name: 'media', path: `${project}?nw=samplefinal&c=Numbers`, ready: 'boards' },
  {
    name: 'compare',
    path: `${project}/compare?runs=${['baseline seed 1', 'shift + rotate seed 1', 'final large'].map((name) => runs[name])}`,
    ready: 'learning_rate',
  },
  { name: 'narrow', path: `${project}?c=Overview,test`, ready: 'train', width: 390, height: 780 },
]

const directory = mkdtempSync(join(tmpdir(), 'lossline-screenshots-'))
const server = await startServer()
const browser = await launchChromium()
try {
  if (!browser) throw new Error('No Chromium found: install one, or set CHROMIUM_PATH.')
  await loadSample()
  mkdirSync(images, { recursive: true })
  const wanted = process.argv.slice(2)
  for (const picture of toPictures(await findRuns())) {
    if (wanted.length === 0 || wanted.includes(picture.name)) await photograph(picture)
  }
  const allBytes = readdirSync(images).reduce((sum, file) => sum + statSync(join(images, file)).size, 0)
  console.log(`all: ${Math.round(allBytes / 1000)} kB`)
  if (allBytes > allBytesMax) throw new Error(`Together they are over ${allBytesMax / 1000} kB.`)
} finally {
  await browser?.close()
  await server.stop()
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

async function ask(path, init) {
  const response = await fetch(server.url + path, init)
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

async function loadSample() {
  let sample = await ask('/api/sample/local', { method: 'POST' })
  while (sample.state === 'loading') {
    await sleep(200)
    sample = await ask('/api/sample/local')
  }
  if (sample.state !== 'loaded') throw new Error(`The sample is ${sample.state}: ${sample.problem}`)
}

async function findRuns() {
  const { runs } = await ask('/api/projects/local/sample/runs?limit=1000')
  return Object.fromEntries(runs.map(({ displayName, runId }) => [displayName, runId]))
}

async function photograph({ name, path, ready, hover, colorScheme = 'light', width = 1280, height = 760 }) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(server.url + path)
  await page.getByText(ready).filter({ visible: true }).first().waitFor()
  // What the page asks for when it is drawn for the first time.
  await page.waitForTimeout(1500)
  if (hover) {
    const area = page.getByRole('group', { name: hover, exact: true }).locator('.plot-area')
    await area.waitFor()
    const box = await area.boundingBox()
    await page.mouse.move(box.x + box.width * 0.35, box.y + box.height * 0.45)
  }
  // Charts draw in the frame after their data.
  await page.waitForTimeout(1000)
  const target = join(images, `${name}.png`)
  writeFileSync(target, await page.screenshot())
  const { size } = statSync(target)
  console.log(`${name}: ${Math.round(size / 1000)} kB`)
  if (size > imageBytesMax) throw new Error(`${name} is over ${imageBytesMax / 1000} kB.`)
  await context.close()
}
