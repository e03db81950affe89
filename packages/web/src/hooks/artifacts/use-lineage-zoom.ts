import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { zoomLineage } from '../../view/artifacts/lineage-fit.ts'

/** The size that somebody has chosen for a graph. */
export interface LineageZoomState {
  /** Undefined: as large as it can be read. */
  readonly zoom: number | 'whole' | undefined
  setZoom(zoom: number | 'whole' | undefined): void
  /** Says at which scale it was drawn, in each rendering: what was in the middle stays there. */
  readonly keepCenter: (scale: number) => void
}

/** Keeps the size of a graph, which the wheel with Ctrl (a pinch on a touchpad) changes too. @param container - What scrolls. */
export function useLineageZoom(container: RefObject<HTMLElement | null>, isDrawn: boolean): LineageZoomState {
  const [zoom, setZoom] = useState<number | 'whole'>()
  const drawn = useRef(1)
  const wanted = useRef(1)
  useLayoutEffect(() => {
    const element = container.current
    const factor = wanted.current / drawn.current
    drawn.current = wanted.current
    if (!element || factor === 1) return
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = element
    element.scrollLeft = (scrollLeft + clientWidth / 2) * factor - clientWidth / 2
    element.scrollTop = (scrollTop + clientHeight / 2) * factor - clientHeight / 2
  })
  useEffect(() => {
    const element = container.current
    if (!element || !isDrawn) return
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey || event.deltaY === 0) return
      event.preventDefault()
      setZoom(zoomLineage(drawn.current, event.deltaY < 0))
    }
    // Not passive: the browser would zoom the page.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [container, isDrawn])
  return {
    zoom,
    setZoom,
    keepCenter: (scale) => {
      wanted.current = scale
    },
  }
}
