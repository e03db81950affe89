import { expect, test } from 'vitest'
import { passwordPage } from './password-page.ts'

test.each([
  [1, 'Try again in 1 second.'],
  [30, 'Try again in 30 seconds.'],
])('whoever has tried too often is told to wait %i s', async (waitSeconds, text) => {
  const page = passwordPage({ kind: 'too-many', waitSeconds })
  expect([page.status, page.headers.get('Retry-After')]).toEqual([429, String(waitSeconds)])
  expect(await page.text()).toContain(text)
})
