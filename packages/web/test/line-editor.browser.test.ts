// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how metrics stand in formulas.
import { init } from '@lossline/core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openPage, problemsOf } from './support/open-page.ts'
import { openPageServer, type PageServer } from './support/open-page-server.ts'

const webRoot = inject('webRoot')

describe.skipIf(webRoot === undefined)('what a line chart is of', { timeout: 60_000 }, () => {
  let pages: PageServer

  beforeAll(async () => {
    pages = await openPageServer(webRoot as string)
    const run = await init({ ...pages.logTo, project: 'lines', name: 'swift-owl' })
    for (let step = 0; step < 5; step += 1) {
      const layers = Object.fromEntries([0, 1, 10].map((layer) => [`layer_${layer}/grad`, layer + step]))
      run.log({ acc: step / 8, ...layers })
    }
    await run.finish()
  }, 60_000)
  afterAll(() => pages?.[Symbol.asyncDispose]())

  test('an error rate is made of an accuracy, a chart of what a pattern finds, and both stay', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/lines`, { height: 1100 })
    const { page } = opened
    const chart = (name: string) => page.getByRole('group', { name, exact: true })

    await chart('acc').hover()
    await page.keyboard.press('e')
    const settings = page.getByRole('complementary', { name: /^Settings of/ })
    await settings.getByRole('radio', { name: 'Formulas' }).check()
    const formula = settings.getByRole('combobox', { name: 'Formula 1' })
    await formula.fill('1 - ')
    await formula.pressSequentially('${ac')
    await page.getByRole('option', { name: '${acc} metric' }).waitFor()
    await formula.press('ArrowDown')
    await formula.press('Enter')
    await formula.press('Enter')
    await chart('1 - ${acc}').waitFor()
    // What cannot be read says where, and changes nothing.
    await formula.press('End')
    await formula.pressSequentially(' +')
    await formula.press('Enter')
    await settings.getByText('Expected a number, a name or "(" (position 13).').waitFor()
    await chart('1 - ${acc}').getByRole('button', { name: 'View as table' }).click()
    const rows = chart('1 - ${acc}').getByRole('row')
    await rows.nth(5).waitFor()
    // Below them is what happened in the run.
    expect((await rows.allTextContents()).slice(1, 6)).toEqual([
      'swift-owl01',
      'swift-owl10.875',
      'swift-owl20.75',
      'swift-owl30.625',
      'swift-owl40.5',
    ])
    expect(await problemsOf(page)).toEqual([])
    // Takes the draft back; the next one closes the settings.
    await formula.press('Escape')
    expect(await formula.inputValue()).toBe('1 - ${acc}')
    await settings.getByRole('button', { name: 'Close the settings' }).click()

    await page.keyboard.press('a')
    const dialog = page.getByRole('dialog', { name: 'Add panels' })
    await dialog.getByRole('button', { name: 'Line chart' }).click()
    await dialog.getByRole('radio', { name: 'Pattern' }).check()
    await dialog.getByRole('textbox', { name: 'Regular expression' }).fill('^layer_(\\d+)/grad$')
    await dialog.getByText('Finds 3 metrics:').waitFor()
    await dialog.getByRole('group', { name: '/^layer_(\\d+)/grad$/' }).waitFor()
    const saved = page.waitForResponse((response) => response.request().postData()?.includes('metricRegex') ?? false)
    await dialog.getByRole('button', { name: 'Add 1 panel' }).click()
    const lineNames = ['swift-owl 0', 'swift-owl 1', 'swift-owl 10']
    for (const name of lineNames) await chart('/^layer_(\\d+)/grad$/').getByText(name, { exact: true }).waitFor()

    await saved
    await page.reload()
    await chart('1 - ${acc}').waitFor()
    for (const name of lineNames) await chart('/^layer_(\\d+)/grad$/').getByText(name, { exact: true }).waitFor()
    expect(opened.errors).toEqual([])
  })
})
