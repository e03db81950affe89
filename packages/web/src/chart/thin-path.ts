/** A path of straight lines, as a canvas has it. */
export interface PathPen {
  moveTo(left: number, top: number): void
  lineTo(left: number, top: number): void
}

/** A path that leaves out corners; `end` gives the last one. */
export interface ThinPath extends PathPen {
  end(): void
}

/** Nobody sees less than a tenth of a device pixel: antialiasing has 256 levels, of which this moves an edge by 25. */
export const thinTolerance = 0.1

/**
 * Gives a path on to a pen without the corners that change nothing: whatever is left out lies within `tolerance` of the line that is
 * drawn. Of the points of a smooth line, several to a pixel, a few are left, and stroking costs by the corner; of one that shakes
 * none is left out.
 */
export function createThinPath(pen: PathPen, tolerance: number = thinTolerance): ThinPath {
  // The last corner that was given on, and the last point, which is a corner only if the next one turns away.
  let [fromLeft, fromTop] = [Number.NaN, Number.NaN]
  let [lastLeft, lastTop, lastDistance] = [Number.NaN, Number.NaN, 0]
  let isWaiting = false
  // Directions from the corner that pass every point since within the tolerance: those between two arrows, of which the first one is to the right of the second.
  let [rightX, rightY, leftX, leftY] = [0, 0, 0, 0]
  let isBounded = false

  function corner(left: number, top: number): void {
    fromLeft = left
    fromTop = top
    lastDistance = 0
    isBounded = false
  }
  function giveLast(): void {
    if (!isWaiting) return
    pen.lineTo(lastLeft, lastTop)
    corner(lastLeft, lastTop)
    isWaiting = false
  }
  function goesOn(x: number, y: number, distance: number): boolean {
    // Whoever turns back has been farther away, which the line to here would not show.
    if (distance < lastDistance) return false
    return !isBounded || (rightX * y - rightY * x >= 0 && x * leftY - y * leftX >= 0)
  }
  function bound(x: number, y: number, distance: number): void {
    if (distance <= tolerance) return
    const [aside, along] = [(-y / distance) * tolerance, (x / distance) * tolerance]
    const [toRightX, toRightY] = [x - aside, y - along]
    const [toLeftX, toLeftY] = [x + aside, y + along]
    if (!isBounded || rightX * toRightY - rightY * toRightX > 0) [rightX, rightY] = [toRightX, toRightY]
    if (!isBounded || toLeftX * leftY - toLeftY * leftX > 0) [leftX, leftY] = [toLeftX, toLeftY]
    isBounded = true
  }

  return {
    moveTo(left, top) {
      giveLast()
      pen.moveTo(left, top)
      corner(left, top)
    },
    lineTo(left, top) {
      let distance = Math.hypot(left - fromLeft, top - fromTop)
      if (isWaiting && !goesOn(left - fromLeft, top - fromTop, distance)) {
        giveLast()
        distance = Math.hypot(left - fromLeft, top - fromTop)
      }
      bound(left - fromLeft, top - fromTop, distance)
      lastLeft = left
      lastTop = top
      lastDistance = distance
      isWaiting = true
    },
    end: giveLast,
  }
}
