import { useMemo } from 'react'

/** The same object as long as its JSON is the same, for a small one that is made anew in every render. */
export function useSame<T>(value: T): T {
  const text = JSON.stringify(value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the value.
  return useMemo(() => value, [text])
}
