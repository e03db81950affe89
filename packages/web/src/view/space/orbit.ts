/** From where a model is looked at. Angles in radians. */
export interface Orbit {
  /** Around the upright axis. */
  readonly azimuth: number
  /** Above the horizon. */
  readonly elevation: number
  readonly distance: number
  /** What is in the middle of the picture. */
  readonly target: readonly [x: number, y: number, z: number]
}

type Vector = readonly [x: number, y: number, z: number]

/** Straight up and down there is no left and right. */
const elevationMax = Math.PI / 2 - 0.01

/** The view that shows all of a model, a little from above. */
export function orbitAround(bounds: { readonly low: readonly number[]; readonly high: readonly number[] }): Orbit {
  const middle = bounds.low.map((low, axis) => (low + bounds.high[axis]!) / 2)
  const size = Math.hypot(...bounds.low.map((low, axis) => bounds.high[axis]! - low))
  return {
    azimuth: Math.PI / 5,
    elevation: Math.PI / 7,
    // A single point has no size, and still a view.
    distance: (size || 1) * 1.15,
    target: [middle[0]!, middle[1]!, middle[2]!],
  }
}

export function turnBy(orbit: Orbit, azimuth: number, elevation: number): Orbit {
  return {
    ...orbit,
    azimuth: orbit.azimuth + azimuth,
    elevation: Math.min(elevationMax, Math.max(-elevationMax, orbit.elevation + elevation)),
  }
}

/** @param factor - Below 1: nearer. */
export function zoomBy(orbit: Orbit, factor: number): Orbit {
  return { ...orbit, distance: orbit.distance * Math.min(20, Math.max(0.05, factor)) }
}

/** Moved across the picture, by shares of its height. */
export function moveBy(orbit: Orbit, right: number, up: number, axis: 'y' | 'z'): Orbit {
  const { x, y } = directionsOf(orbit, axis)
  const along = (i: 0 | 1 | 2): number => orbit.target[i] - (x[i] * right - y[i] * up) * orbit.distance * 0.9
  return { ...orbit, target: [along(0), along(1), along(2)] }
}

/** Where the eye is. */
export function eyeOf(orbit: Orbit, axis: 'y' | 'z'): Vector {
  const { towardsEye } = directionsOf(orbit, axis)
  return [0, 1, 2].map(
    (i) => orbit.target[i as 0 | 1 | 2] + towardsEye[i as 0 | 1 | 2] * orbit.distance,
  ) as unknown as Vector
}

/** Right and up in the picture, and towards the eye, as unit vectors. */
function directionsOf({ azimuth, elevation }: Orbit, axis: 'y' | 'z') {
  const [sin, cos, height, flat] = [Math.sin(azimuth), Math.cos(azimuth), Math.sin(elevation), Math.cos(elevation)]
  // With y up; with z up the axes take turns.
  const upright = (v: Vector): Vector => (axis === 'y' ? v : [v[2], v[0], v[1]])
  return {
    x: upright([cos, 0, -sin]),
    y: upright([-sin * height, flat, -cos * height]),
    towardsEye: upright([sin * flat, height, cos * flat]),
  }
}
