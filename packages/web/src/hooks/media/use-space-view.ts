import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { ThreeScene } from '../../components/space/three-scene.ts'
import { moveBy, type Orbit, orbitAround, turnBy, zoomBy } from '../../view/space/orbit.ts'
import { boundsOf, type SpaceModel } from '../../view/space/space-model.ts'
import { useElementSize } from '../use-element-size.ts'

const turnStep = Math.PI / 18
const moveStep = 0.08
const zoomStep = 1.2

/** A model drawn into a canvas, and how pointer, touch and keys turn it. */
export interface SpaceView {
  readonly canvas: RefObject<HTMLCanvasElement | null>
  /** Why nothing is drawn. */
  readonly problem: string | undefined
  readonly handlers: {
    readonly onKeyDown: (event: KeyboardEvent) => void
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void
    readonly onPointerCancel: (event: PointerEvent<HTMLElement>) => void
  }
  /** @param factor - Below 1: nearer. */
  zoom(factor: number): void
  /** Shows all of it again. */
  reset(): void
}

/** @param model - Not empty. */
export function useSpaceView(model: SpaceModel, isWireFrame: boolean): SpaceView {
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = useElementSize(canvas)
  const whole = useMemo(() => orbitAround(boundsOf(model) ?? { low: [0, 0, 0], high: [1, 1, 1] }), [model])
  const [orbit, setOrbit] = useState<Orbit>(whole)
  const [scene, setScene] = useState<ThreeScene>()
  const [problem, setProblem] = useState<string>()
  const pointers = useRef(new Map<number, { readonly x: number; readonly y: number }>())

  useEffect(() => {
    if (!hasWebGl()) return setProblem('This browser has no WebGL, with which objects in space are drawn.')
    let isGone = false
    let made: ThreeScene | undefined
    void import('../../components/space/three-scene.ts')
      .then(({ createThreeScene }) => createThreeScene(model))
      .then(
        (created) => {
          made = created
          if (isGone) created.dispose()
          else setScene(created)
        },
        () => !isGone && setProblem('This browser could not begin to draw it.'),
      )
    return () => {
      isGone = true
      made?.dispose()
      setScene(undefined)
    }
  }, [model])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another size is drawn anew.
  useEffect(() => {
    if (scene && canvas.current) scene.draw(canvas.current, orbit, { isWireFrame })
  }, [scene, orbit, isWireFrame, size])
  useEffect(() => {
    // React listens to wheels passively, where they cannot be kept from the page.
    const element = canvas.current?.parentElement
    const onWheel = (event: WheelEvent): void => {
      // A plain wheel scrolls the page, unless somebody has turned to the object.
      if (!event.ctrlKey && !event.altKey && document.activeElement !== element) return
      event.preventDefault()
      setOrbit((old) => zoomBy(old, event.deltaY > 0 ? zoomStep : 1 / zoomStep))
    }
    element?.addEventListener('wheel', onWheel, { passive: false })
    return () => element?.removeEventListener('wheel', onWheel)
  }, [])

  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const before = pointers.current.get(event.pointerId)
    if (!before) return
    const now = { x: event.clientX, y: event.clientY }
    const height = event.currentTarget.clientHeight || 1
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1]
    pointers.current.set(event.pointerId, now)
    const [dx, dy] = [now.x - before.x, now.y - before.y]
    setOrbit((old) => {
      if (other) {
        const distance = (point: { readonly x: number; readonly y: number }): number =>
          Math.hypot(point.x - other.x, point.y - other.y) || 1
        return moveBy(zoomBy(old, distance(before) / distance(now)), dx / height / 2, dy / height / 2, model.up)
      }
      return event.shiftKey
        ? moveBy(old, dx / height, dy / height, model.up)
        : turnBy(old, (-dx / height) * Math.PI, (dy / height) * Math.PI)
    })
  }
  const release = (event: PointerEvent<HTMLElement>): void => void pointers.current.delete(event.pointerId)
  return {
    canvas,
    problem,
    zoom: (factor) => setOrbit((old) => zoomBy(old, factor)),
    reset: () => setOrbit(whole),
    handlers: {
      onKeyDown(event) {
        const change = changeOf(event.key, event.shiftKey, model.up)
        if (event.key !== '0' && !change) return
        if (event.ctrlKey || event.metaKey || event.altKey) return
        event.preventDefault()
        event.stopPropagation()
        setOrbit((old) => (change ? change(old) : whole))
      },
      onPointerDown(event) {
        event.currentTarget.setPointerCapture(event.pointerId)
        pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
      },
      onPointerMove,
      onPointerUp: release,
      onPointerCancel: release,
    },
  }
}

/** What a key does; undefined: nothing here. */
function changeOf(key: string, isMoving: boolean, up: 'y' | 'z'): ((orbit: Orbit) => Orbit) | undefined {
  const arrows: Readonly<Record<string, readonly [right: number, down: number]>> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  }
  const arrow = arrows[key]
  if (arrow) {
    const [right, down] = arrow
    return isMoving
      ? (orbit) => moveBy(orbit, right * moveStep, down * moveStep, up)
      : (orbit) => turnBy(orbit, -right * turnStep, down * turnStep)
  }
  if (key === '+' || key === '=') return (orbit) => zoomBy(orbit, 1 / zoomStep)
  if (key === '-') return (orbit) => zoomBy(orbit, zoomStep)
  return undefined
}

let isWebGlKnown: boolean | undefined

function hasWebGl(): boolean {
  isWebGlKnown ??= document.createElement('canvas').getContext('webgl2') !== null
  return isWebGlKnown
}
