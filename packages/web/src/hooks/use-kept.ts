import { useState } from 'react'
import { readJson, writeJson } from '../view/browser/local-json.ts'

/**
 * A value that this browser keeps.
 *
 * @param key - Where it is kept, behind `lossline.`.
 * @param options.read - What was kept; undefined for anything else.
 */
export function useKept<T>(
  key: string,
  { initial, read }: { readonly initial: T; readonly read: (kept: unknown) => T | undefined },
): readonly [value: T, setValue: (value: T) => void] {
  const [value, setValue] = useState(() => read(readJson(`lossline.${key}`)) ?? initial)
  return [
    value,
    (next) => {
      setValue(next)
      writeJson(`lossline.${key}`, next)
    },
  ]
}
