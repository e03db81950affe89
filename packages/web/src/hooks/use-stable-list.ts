import { useRef } from 'react'

/** The list of the render before, as long as its members are the same: for lists that are made anew in every render. */
export function useStableList<T>(list: readonly T[]): readonly T[] {
  const last = useRef(list)
  const isSame = last.current.length === list.length && list.every((item, i) => item === last.current[i])
  if (!isSame) last.current = list
  return last.current
}
