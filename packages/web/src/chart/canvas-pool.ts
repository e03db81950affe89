/** A canvas that was used before keeps its memory, which is what a pool is for; more than these are let go. */
const spareCountMax = 16

const spare: HTMLCanvasElement[] = []

/** A canvas to lay over a chart for a while. Its size and contents are those of whoever had it before. */
export function takeCanvas(): HTMLCanvasElement {
  return spare.pop() ?? document.createElement('canvas')
}

/** Takes it off the page and keeps it for the next one. */
export function giveBackCanvas(canvas: HTMLCanvasElement): void {
  canvas.remove()
  canvas.removeAttribute('style')
  if (spare.length < spareCountMax) spare.push(canvas)
  else freeCanvas(canvas)
}

/** Lets go of the memory of a canvas at once, which else waits for the garbage collection. */
export function freeCanvas(canvas: HTMLCanvasElement): void {
  canvas.width = 0
  canvas.height = 0
}
