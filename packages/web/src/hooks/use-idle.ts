import { useEffect, useState } from 'react'

/** So long a page has for what was asked first. */
const delayMs = 400
/** A busy page gets to the rest too. */
const delayMsMax = 2000

/** True once what came on the page first is done, as far as the browser can tell: the time for what nobody sees yet. */
export function useIdle(): boolean {
  const [isIdle, setIsIdle] = useState(false)
  useEffect(() => {
    let idle: number | undefined
    const timer = setTimeout(() => {
      // Safari does not say when it is idle.
      if (!('requestIdleCallback' in globalThis)) return setIsIdle(true)
      idle = requestIdleCallback(() => setIsIdle(true), { timeout: delayMsMax })
    }, delayMs)
    return () => {
      clearTimeout(timer)
      if (idle !== undefined) cancelIdleCallback(idle)
    }
  }, [])
  return isIdle
}
