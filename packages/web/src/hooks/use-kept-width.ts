import { useKept } from './use-kept.ts'

/** A width in CSS pixels that this browser keeps. @param name - Of the part of the page. */
export function useKeptWidth(
  name: string,
  initial: number,
): readonly [width: number, setWidth: (width: number) => void] {
  const read = (kept: unknown): number | undefined =>
    typeof kept === 'number' && Number.isFinite(kept) ? kept : undefined
  return useKept(`width.${name}`, { initial, read })
}
