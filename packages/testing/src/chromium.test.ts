import { expect, test } from 'vitest'
import { findChromium, launchChromium } from './chromium.ts'

test.skipIf(findChromium() === undefined)('the browser runs a page', async () => {
  await using browser = await launchChromium()
  const page = await browser?.newPage()
  await page?.setContent('<title>lossline</title>')
  expect(await page?.title()).toBe('lossline')
})
