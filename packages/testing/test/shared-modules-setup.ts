// A setup file of vitest for projects whose files share modules and globals in `npm test`: what one of them replaced and forgot ends
// with it.
import { afterAll, vi } from 'vitest'

afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})
