import { expect, test } from 'vitest'
import { findAccessibilityProblems } from './accessibility.ts'
import { findChromium, launchChromium } from './chromium.ts'

test.skipIf(findChromium() === undefined)(
  'a picture without a text is a problem, and so is a target too small to hit',
  async () => {
    await using browser = await launchChromium()
    const page = await browser?.newPage()
    if (page === undefined) return expect.unreachable()
    const html = (picture: string): string =>
      `<!doctype html><html lang="en"><title>t</title><main><h1>t</h1>${picture}</main></html>`

    await page.setContent(html('<img id="bare" src="data:,">'))
    expect(await findAccessibilityProblems(page)).toMatchObject([{ rule: 'image-alt', elements: ['#bare'] }])
    await page.setContent(html('<img alt="a seven" src="data:,">'))
    expect(await findAccessibilityProblems(page)).toEqual([])
    const targets = (size: number): string =>
      [1, 2]
        .map((n) => `<button style="display:block;padding:0;border:0;width:99px;height:${size}px">${n}</button>`)
        .join('')
    await page.setContent(html(targets(20)))
    expect(await findAccessibilityProblems(page)).toMatchObject([{ rule: 'target-size' }])
    await page.setContent(html(targets(24)))
    expect(await findAccessibilityProblems(page)).toEqual([])
  },
)
