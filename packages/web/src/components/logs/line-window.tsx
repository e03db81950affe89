import { type ReactElement, type ReactNode, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { useElementSize } from '../../hooks/use-element-size.ts'
import {
  clampTop,
  isScaled,
  type LineWindowSize,
  scrollHeight,
  topAfterKey,
  topMax,
  toScrollTop,
  toTop,
} from '../../view/logs/line-window.ts'

/** Height of a row whose text is not wrapped, in CSS pixels. */
export const rowHeight = 24

/** Rows of text, ten or ten million of them, of which only those on screen are made. */
export function LineWindow(props: {
  readonly label: string
  readonly rowCount: number
  /** Rows may be higher than one line. */
  readonly isWrapped: boolean
  /** The end is kept in view while rows come. */
  readonly isFollowing: boolean
  readonly onFollow: (isFollowing: boolean) => void
  /** Whenever it is another object, its row is brought into view. */
  readonly target: { readonly row: number } | undefined
  /** Rows from `first` to before `end`. */
  readonly children: (first: number, end: number) => ReactNode
}): ReactElement {
  const { rowCount, isWrapped, isFollowing, onFollow, target } = props
  const scroller = useRef<HTMLDivElement>(null)
  const { height: viewHeight } = useElementSize(scroller)
  const [place, setPlace] = useState(0)
  const size: LineWindowSize = { rowCount, rowHeight, viewHeight }
  const top = isFollowing ? topMax(size) : clampTop(size, place)
  const isAtEnd = top >= topMax(size) - 0.5

  const moveTo = (next: number): void => {
    const clamped = clampTop(size, next)
    setPlace(clamped)
    onFollow(clamped >= topMax(size) - 0.5)
  }
  const bringIntoView = useEffectEvent((row: number) => moveTo(row - Math.floor(viewHeight / rowHeight / 3)))
  useLayoutEffect(() => {
    const element = scroller.current
    if (element && viewHeight > 0) element.scrollTop = toScrollTop({ rowCount, rowHeight, viewHeight }, top)
  }, [rowCount, viewHeight, top])
  const isLaidOut = viewHeight > 0
  useLayoutEffect(() => {
    if (target && isLaidOut) bringIntoView(target.row)
  }, [target, isLaidOut])

  const onScroll = (): void => {
    const at = scroller.current?.scrollTop ?? 0
    // What was set above comes back here too, rounded to the pixels of the screen.
    if (Math.abs(at - toScrollTop(size, top)) > 1) moveTo(toTop(size, at))
  }
  const isFine = !isScaled(size)
  const onWheel = useEffectEvent((event: WheelEvent): void => {
    if (isFine || event.ctrlKey || event.deltaY === 0) return
    event.preventDefault()
    moveTo(top + event.deltaY / rowHeight)
  })
  useEffect(() => {
    // React's own listeners may not keep the browser from scrolling.
    const element = scroller.current
    element?.addEventListener('wheel', onWheel, { passive: false })
    return () => element?.removeEventListener('wheel', onWheel)
  }, [])

  const first = Math.floor(top)
  const end = Math.min(rowCount, first + Math.ceil(viewHeight / rowHeight) + 1)
  const shift = isWrapped || isAtEnd ? 0 : -(top - first) * rowHeight
  return (
    <div
      aria-label={props.label}
      // Reading every new line aloud would make the page unusable.
      aria-live="off"
      className="min-h-0 flex-1 overflow-auto border-line border-t bg-panel font-mono text-sm"
      onKeyDown={(event) => {
        const next = isFine || event.target !== event.currentTarget ? undefined : topAfterKey(size, top, event.key)
        if (next === undefined) return
        event.preventDefault()
        moveTo(next)
      }}
      onScroll={onScroll}
      ref={scroller}
      role="log"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
      tabIndex={0}
    >
      <div className={isWrapped ? '' : 'min-w-max'} style={{ height: scrollHeight(size) }}>
        <div
          className={`sticky top-0 flex flex-col overflow-y-clip ${isAtEnd && rowCount * rowHeight > viewHeight ? 'justify-end' : ''}`}
          style={{ height: viewHeight }}
        >
          <div className="shrink-0" style={{ transform: `translateY(${shift}px)` }}>
            {props.children(first, end)}
          </div>
        </div>
      </div>
    </div>
  )
}
