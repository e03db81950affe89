import {
  AmbientLight,
  BufferAttribute,
  BufferGeometry,
  Color,
  DirectionalLight,
  DoubleSide,
  LineBasicMaterial,
  LineSegments,
  type Material,
  Mesh,
  MeshLambertMaterial,
  PerspectiveCamera,
  Points,
  PointsMaterial,
  Scene,
  SRGBColorSpace,
  Texture,
  Vector3,
  WebGLRenderer,
} from 'three'
import { eyeOf, type Orbit } from '../../view/space/orbit.ts'
import type { Rgb, SpaceMesh, SpaceModel } from '../../view/space/space-model.ts'

/** The same in both themes: media look as they look. */
const background = 0x1b1f27
const fieldOfView = 45

/** A model that can be drawn from anywhere. */
export interface ThreeScene {
  /** Draws it, with the names of its boxes, at the size that the canvas has on the page. */
  draw(canvas: HTMLCanvasElement, orbit: Orbit, options: { readonly isWireFrame: boolean }): void
  /** Lets go of what the graphics card holds. */
  dispose(): void
}

/** Browsers hold some sixteen of them, so that all viewers of a page draw with one. */
let shared: WebGLRenderer | undefined

/** @throws Error where the browser has no WebGL. */
export async function createThreeScene(model: SpaceModel): Promise<ThreeScene> {
  shared ??= new WebGLRenderer({ antialias: true })
  const renderer = shared
  const scene = new Scene()
  scene.background = new Color(background)
  const light = new DirectionalLight(0xffffff, 2.2)
  scene.add(new AmbientLight(0xffffff, 1.1), light)
  const meshes = await Promise.all(model.meshes.map(toMesh))
  const geometries = [
    ...meshes,
    ...model.points.map(({ positions, colors }) => new Points(toGeometry(positions, colors), pointMaterial())),
    ...model.lines.map(({ positions, color }) => new LineSegments(toGeometry(positions), lineMaterial(color))),
  ]
  for (const object of geometries) scene.add(object)
  const camera = new PerspectiveCamera(fieldOfView, 1)
  camera.up.set(0, model.up === 'y' ? 1 : 0, model.up === 'z' ? 1 : 0)

  return {
    draw(canvas, orbit, { isWireFrame }) {
      const [width, height] = [canvas.clientWidth, canvas.clientHeight]
      if (width === 0 || height === 0) return
      renderer.setPixelRatio(devicePixelRatio)
      renderer.setSize(width, height, false)
      for (const { material } of meshes) material.wireframe = isWireFrame
      camera.aspect = width / height
      camera.near = orbit.distance / 1000
      camera.far = orbit.distance * 100
      camera.position.set(...eyeOf(orbit, model.up))
      camera.lookAt(...orbit.target)
      camera.updateProjectionMatrix()
      light.position.copy(camera.position)
      light.target.position.set(...orbit.target)
      light.target.updateMatrixWorld()
      renderer.render(scene, camera)
      canvas.width = renderer.domElement.width
      canvas.height = renderer.domElement.height
      const pen = canvas.getContext('2d')
      if (!pen) return
      pen.drawImage(renderer.domElement, 0, 0)
      writeLabels(pen, model, camera)
    },
    dispose() {
      for (const { geometry, material } of geometries) {
        geometry.dispose()
        const all: readonly Material[] = Array.isArray(material) ? material : [material]
        for (const one of all) one.dispose()
      }
      for (const { material } of meshes) material.map?.dispose()
    },
  }
}

async function toMesh(mesh: SpaceMesh): Promise<Mesh<BufferGeometry, MeshLambertMaterial>> {
  const geometry = toGeometry(mesh.positions, mesh.colors)
  if (mesh.indices) geometry.setIndex(new BufferAttribute(mesh.indices, 1))
  if (mesh.uvs) geometry.setAttribute('uv', new BufferAttribute(mesh.uvs, 2))
  if (mesh.normals) geometry.setAttribute('normal', new BufferAttribute(mesh.normals, 3))
  else geometry.computeVertexNormals()
  const map = await toTexture(mesh.texture)
  const material = new MeshLambertMaterial({
    color: new Color(...mesh.color),
    vertexColors: mesh.colors !== undefined,
    side: DoubleSide,
    transparent: mesh.opacity < 1,
    opacity: mesh.opacity,
    ...(map ? { map } : {}),
  })
  return new Mesh(geometry, material)
}

/** Made from the bytes themselves; an address would be fetched, which the page's policy forbids. */
async function toTexture(texture: SpaceMesh['texture']): Promise<Texture | undefined> {
  if (texture === undefined) return undefined
  try {
    const blob = new Blob([texture.bytes.slice()], { type: texture.mimeType })
    const map = new Texture(await createImageBitmap(blob))
    map.colorSpace = SRGBColorSpace
    map.flipY = false
    map.needsUpdate = true
    return map
  } catch {
    // A picture that the browser cannot read: the surface is drawn in its plain colour.
    return undefined
  }
}

function toGeometry(positions: Float32Array, colors?: Float32Array): BufferGeometry {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(positions, 3))
  if (colors) geometry.setAttribute('color', new BufferAttribute(colors, 3))
  return geometry
}

function pointMaterial(): PointsMaterial {
  return new PointsMaterial({ size: 2.5 * devicePixelRatio, sizeAttenuation: false, vertexColors: true })
}

function lineMaterial(color: Rgb): LineBasicMaterial {
  const material = new LineBasicMaterial()
  material.color.setRGB(...color)
  return material
}

function writeLabels(pen: CanvasRenderingContext2D, { labels }: SpaceModel, camera: PerspectiveCamera): void {
  const { width, height } = pen.canvas
  pen.font = `${12 * devicePixelRatio}px system-ui, sans-serif`
  pen.textBaseline = 'bottom'
  for (const { position, text } of labels) {
    const { x, y, z } = new Vector3(...position).project(camera)
    // Behind the eye.
    if (z > 1) continue
    const [left, top] = [((x + 1) / 2) * width, ((1 - y) / 2) * height]
    const { width: wide } = pen.measureText(text)
    pen.fillStyle = 'rgb(0 0 0 / 65%)'
    pen.fillRect(left - 2, top - 15 * devicePixelRatio, wide + 4, 15 * devicePixelRatio)
    pen.fillStyle = '#ffffff'
    pen.fillText(text, left, top)
  }
}
