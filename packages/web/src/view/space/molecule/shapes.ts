type Place = readonly [x: number, y: number, z: number]

/** Triangles of one body. */
export interface Shape {
  readonly positions: readonly number[]
  readonly normals: readonly number[]
  readonly indices: readonly number[]
}

const rings = 6
const segments = 8
const stickSides = 6

/** A ball of few triangles, which its normals make round. */
export function sphere(center: Place, radius: number): Shape {
  const { normals, indices } = unitSphere
  return { positions: normals.map((value, at) => center[at % 3]! + value * radius), normals, indices }
}

/** A rod without ends: both are inside of balls. */
export function stick(from: Place, to: Place, radius: number): Shape {
  const [positions, normals, indices] = [[], [], []] as [number[], number[], number[]]
  const along = normalized(subtract(to, from))
  // Any direction that is not that of the rod.
  const [u, v] = sidesOf(along, Math.abs(along[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0])
  for (let side = 0; side < stickSides; side += 1) {
    const angle = (2 * Math.PI * side) / stickSides
    const normal = [0, 1, 2].map((axis) => u[axis]! * Math.cos(angle) + v[axis]! * Math.sin(angle))
    for (const end of [from, to]) {
      positions.push(...normal.map((value, axis) => end[axis]! + value * radius))
      normals.push(...normal)
    }
    const next = (side + 1) % stickSides
    indices.push(2 * side, 2 * next, 2 * side + 1, 2 * side + 1, 2 * next, 2 * next + 1)
  }
  return { positions, normals, indices }
}

const unitSphere = ((): Pick<Shape, 'normals' | 'indices'> => {
  const [normals, indices] = [[], []] as [number[], number[]]
  for (let ring = 0; ring <= rings; ring += 1) {
    const height = (Math.PI * ring) / rings
    for (let segment = 0; segment <= segments; segment += 1) {
      const angle = (2 * Math.PI * segment) / segments
      normals.push(Math.sin(height) * Math.cos(angle), Math.cos(height), Math.sin(height) * Math.sin(angle))
      if (ring === rings || segment === segments) continue
      const [here, below] = [ring * (segments + 1) + segment, (ring + 1) * (segments + 1) + segment]
      indices.push(here, here + 1, below, below, here + 1, below + 1)
    }
  }
  return { normals, indices }
})()

function sidesOf(along: Place, other: Place): readonly [Place, Place] {
  const u = normalized(cross(along, other))
  return [u, cross(along, u)]
}

function subtract(a: Place, b: Place): Place {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

function cross(a: Place, b: Place): Place {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

function normalized(of: Place): Place {
  const length = Math.hypot(...of) || 1
  return [of[0] / length, of[1] / length, of[2] / length]
}
