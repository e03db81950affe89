import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  findChromium,
  launchChromium,
  openTemporaryDirectory,
  spawnScript,
  until,
  workspaceUrl,
} from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { readMetric } from './read-metric.ts'

type Page = Awaited<ReturnType<NonNullable<Awaited<ReturnType<typeof launchChromium>>>['newPage']>>

// What `npm start` runs is the built program: `npm test` builds it first.
const builtProgram = workspaceUrl('packages/lossline/dist/cli/main.js')
const missing = [
  ...(findChromium() === undefined ? ['Chromium'] : []),
  ...(existsSync(builtProgram) && existsSync(workspaceUrl('packages/web/dist/index.html')) ? [] : ['a build']),
]
if (missing.length > 0) console.warn(`npm start is not tested in a browser: there is no ${missing.join(' and no ')}.`)

/** Values that a chart draws: the third column of its table, under the run's name and x. */
async function readChart(page: Page, title: string): Promise<number[]> {
  const panel = page.getByRole('group', { name: title, exact: true })
  await panel.hover()
  await panel.getByRole('button', { name: 'View as table' }).click()
  for (let more = panel.getByRole('button', { name: /Show more/ }); (await more.count()) > 0; ) await more.click()
  const cells = await panel.locator('tbody tr td:nth-child(3)').allTextContents()
  await panel.getByRole('button', { name: 'View as table' }).click()
  await until(() => expect(page.url()).not.toContain('tv='))
  return cells.map(Number)
}

/** The process of the only run of a data folder. */
function readTrainingPid(dataDirectory: string): number {
  const [folder = ''] = readdirSync(join(dataDirectory, 'runs'))
  return JSON.parse(readFileSync(join(dataDirectory, 'runs', folder, 'process.json'), 'utf8')).pid
}

describe.skipIf(missing.length > 0)('npm start', () => {
  test('a chart grows while the example trains, and holds what was logged, after a reload too', async () => {
    await using directory = await openTemporaryDirectory()
    await using browser = (await launchChromium())!
    await using start = spawnScript(workspaceUrl('scripts/start.mjs'), {
      // Long enough to look at, and half of what `npm start` takes by itself.
      args: ['--epochs', '6', '--port', '0', '--data-dir', directory.path],
    })
    const [, url = ''] = await start.waitForOutput(/^Lossline is at (http:\S+)/)
    // The address is the first thing that is printed.
    expect(start.stdout.startsWith('Lossline is at ')).toBe(true)

    const page = await browser.newPage()
    await page.goto(`${url}/local/tfjs-digits`)
    const chart = page.getByRole('group', { name: 'batch/loss', exact: true })
    await chart.locator('.plot-area').waitFor({ timeout: 30_000 })
    const early = await readChart(page, 'batch/loss')
    await until(async () => expect((await readChart(page, 'batch/loss')).length).toBeGreaterThan(early.length))
    // It was still training then, so the chart has not merely been loaded again at the end.
    expect(start.stdout).not.toContain('Test accuracy')

    const [, accuracy] = await start.waitForOutput(/Test accuracy: (\d\.\d+)/)
    expect(Number(accuracy)).toBeGreaterThanOrEqual(0.95)
    await start.waitForOutput('Ctrl-C stops')

    const logged = await readMetric(directory.path, 'batch/loss')
    expect(logged.length).toBe(6 * 21)
    await until(async () => expect(await readChart(page, 'batch/loss')).toEqual(logged))
    await page.reload()
    await chart.locator('.plot-area').waitFor()
    await until(async () => expect(await readChart(page, 'batch/loss')).toEqual(logged))

    start.send('SIGINT')
    expect((await start.exited).exitCode).toBe(0)
  }, 180_000)
})

describe.skipIf(missing.includes('a build'))('npm start without a browser', () => {
  test('--exit ends with 0 when the server has all of the run', async () => {
    await using directory = await openTemporaryDirectory()
    await using start = spawnScript(workspaceUrl('scripts/start.mjs'), {
      args: ['--exit', '--epochs', '1', '--port', '0', '--data-dir', directory.path],
    })
    expect((await start.exited).exitCode).toBe(0)
    expect(start.stdout).toContain('The server has all of the run.')
  }, 180_000)

  test('--exit ends with 1 when the training is killed', async () => {
    await using directory = await openTemporaryDirectory()
    await using start = spawnScript(workspaceUrl('scripts/start.mjs'), {
      args: ['--exit', '--port', '0', '--data-dir', directory.path],
    })
    await start.waitForOutput('Epoch 1 of')
    process.kill(readTrainingPid(directory.path), 'SIGKILL')
    expect((await start.exited).exitCode).toBe(1)
    expect(start.stdout).toContain('the run is "crashed" on the server')
  }, 120_000)

  test('SIGTERM while the model trains ends all of it', async () => {
    await using directory = await openTemporaryDirectory()
    await using start = spawnScript(workspaceUrl('scripts/start.mjs'), {
      args: ['--port', '0', '--data-dir', directory.path],
    })
    await start.waitForOutput('Epoch 1 of')
    const pid = readTrainingPid(directory.path)
    start.send('SIGTERM')
    expect((await start.exited).exitCode).toBe(0)
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  }, 180_000)

  test.each([
    [['--prot', '0'], "Unknown option '--prot'"],
    [['--epochs', 'few'], '--epochs few is no number of epochs'],
  ])('%s is refused before anything starts', async (args, message) => {
    await using start = spawnScript(workspaceUrl('scripts/start.mjs'), { args })
    expect((await start.exited).exitCode).toBe(2)
    expect(start.stderr).toContain(message)
  })
})
