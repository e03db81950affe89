import { type GltfJson, openGltf } from './gltf-file.ts'
import { multiply, nodeMatrix, transformNormals, transformPositions, unitMatrix } from './matrix.ts'
import { plainColor, type Rgb, type SpaceMesh, type SpaceModel } from './space-model.ts'

const triangleMode = 4
const nodeDepthMax = 64
/** Nodes and parts of meshes: a file may name one from many places, so a small one could stand for more than can be drawn. */
const visitCountMax = 200_000

/**
 * A glTF 2.0 model, as JSON or as the binary form. Everything is read from the file itself; what it names elsewhere is refused.
 * Meshes are drawn as they stand, with their base colour and texture.
 *
 * @throws Error that says what is wrong with it.
 */
export function parseGltf(bytes: Uint8Array): SpaceModel {
  const file = openGltf(bytes)
  const { json } = file
  const notes = new Set<string>()
  const meshes: SpaceMesh[] = []

  let visitCount = 0
  const countVisit = (): void => {
    visitCount += 1
    if (visitCount > visitCountMax) throw new Error(`It has more than ${visitCountMax} nodes and parts.`)
  }
  const addMesh = (index: number, matrix: readonly number[]): void => {
    for (const primitive of json.meshes?.[index]?.primitives ?? []) {
      countVisit()
      const { attributes = {}, indices, material, mode = triangleMode } = primitive
      if (primitive.extensions !== undefined) {
        notes.add(`What is packed with ${Object.keys(primitive.extensions).join(', ')} is not drawn.`)
        continue
      }
      if (mode !== triangleMode) {
        notes.add('Only triangles are drawn; lines, points and strips in it are not.')
        continue
      }
      if (attributes.POSITION === undefined) continue
      const look = materialOf(file.json, material, file.image)
      if (attributes.JOINTS_0 !== undefined)
        notes.add('Skins and their poses are not drawn; the shape is as it was made.')
      meshes.push({
        positions: transformPositions(file.floats(attributes.POSITION), matrix),
        normals: attributes.NORMAL === undefined ? undefined : transformNormals(file.floats(attributes.NORMAL), matrix),
        uvs: attributes.TEXCOORD_0 === undefined ? undefined : file.floats(attributes.TEXCOORD_0),
        colors: attributes.COLOR_0 === undefined ? undefined : file.colors(attributes.COLOR_0),
        indices: indices === undefined ? undefined : file.indices(indices),
        ...look,
      })
    }
  }
  const visit = (index: number, parent: readonly number[], depth: number): void => {
    countVisit()
    const node = json.nodes?.[index]
    if (node === undefined) return
    // A file may say that a node is in itself.
    if (depth > nodeDepthMax) throw new Error('Its nodes are nested too deeply.')
    const matrix = multiply(parent, nodeMatrix(node))
    if (node.mesh !== undefined) addMesh(node.mesh, matrix)
    for (const child of node.children ?? []) visit(child, matrix, depth + 1)
  }
  const scene = json.scenes?.[json.scene ?? 0]
  if (scene) for (const root of scene.nodes ?? []) visit(root, unitMatrix, 0)
  else for (const index of json.meshes?.keys() ?? []) addMesh(index, unitMatrix)
  if ((json.animations?.length ?? 0) > 0) notes.add('Its animations are not played.')
  if (meshes.length === 0) throw new Error([...notes, 'There is nothing to draw in this file.'].join(' '))
  return { meshes, points: [], lines: [], labels: [], up: 'y', notes: [...notes] }
}

function materialOf(
  { materials, textures }: GltfJson,
  index: number | undefined,
  image: (index: number) => SpaceMesh['texture'],
): Pick<SpaceMesh, 'color' | 'opacity' | 'texture'> {
  const material = index === undefined ? undefined : materials?.[index]
  const { baseColorFactor, baseColorTexture } = material?.pbrMetallicRoughness ?? {}
  const source = baseColorTexture === undefined ? undefined : textures?.[baseColorTexture.index]?.source
  const texture = source === undefined ? undefined : image(source)
  const [red = 1, green = 1, blue = 1, alpha = 1] = baseColorFactor ?? []
  const color: Rgb = material === undefined ? plainColor : [red, green, blue]
  return { color, opacity: material?.alphaMode === 'BLEND' ? alpha : 1, texture }
}
