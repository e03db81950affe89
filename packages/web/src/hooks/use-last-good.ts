import { useRef } from 'react'

/**
 * A value, or the last good one as long as that is to be held on to.
 *
 * @param options.of - What the value is of: nothing is held on to when that changes.
 */
export function useLastGood<T>(
  value: T,
  { isGood, isHeld, of }: { readonly isGood: boolean; readonly isHeld: boolean; readonly of: string },
): T {
  const last = useRef<{ readonly of: string; readonly value: T }>(undefined)
  if (last.current?.of !== of) last.current = undefined
  if (isGood) last.current = { of, value }
  // Who has seen what is no good does not get back what was before it.
  else if (!isHeld) last.current = undefined
  return !isGood && last.current !== undefined ? last.current.value : value
}
