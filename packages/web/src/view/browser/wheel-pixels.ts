/** How far a turn of the wheel scrolls, CSS pixels: browsers count it in pixels, lines or pages. @param pageHeight - CSS pixels. */
export function wheelPixels(
  { deltaY, deltaMode }: Pick<WheelEvent, 'deltaY' | 'deltaMode'>,
  pageHeight: number,
): number {
  return deltaY * ([1, lineHeight, pageHeight][deltaMode] ?? 1)
}

/** As browsers take it. */
const lineHeight = 16
