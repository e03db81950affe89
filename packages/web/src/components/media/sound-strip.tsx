import type { PointerEvent, ReactElement, ReactNode, Ref } from 'react'
import { pointerShare } from '../../view/browser/pointer-share.ts'

/** A picture of a sound over its time, with where it is; a click or drag goes there. */
export function SoundStrip(props: {
  /** CSS pixels. */
  readonly height: number
  /** 0…1 of its duration. */
  readonly share: number
  readonly onSeek: (share: number) => void
  readonly children: ReactNode
  readonly ref?: Ref<HTMLDivElement>
}): ReactElement {
  const seek = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 0) props.onSeek(pointerShare(event))
  }
  return (
    <div
      className="relative w-full min-w-40 cursor-pointer touch-pan-y overflow-hidden rounded bg-hover"
      onPointerDown={seek}
      onPointerMove={seek}
      ref={props.ref}
      style={{ height: props.height }}
    >
      {props.children}
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 w-0.5 bg-text outline outline-panel"
        style={{ left: `${props.share * 100}%` }}
      />
    </div>
  )
}
