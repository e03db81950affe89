/** How far from the left edge of an element the pointer is, as a share of its width: 0…1. */
export function pointerShare({
  clientX,
  currentTarget,
}: {
  readonly clientX: number
  readonly currentTarget: Element
}): number {
  const { left, width } = currentTarget.getBoundingClientRect()
  return Math.min(1, Math.max(0, (clientX - left) / width))
}
