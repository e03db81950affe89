import { GripVertical } from 'lucide-react'
import type { DragEvent, KeyboardEvent, ReactElement, ReactNode } from 'react'
import { useState } from 'react'
import { panelIdAttribute } from '../../hooks/workspace/use-panel-focus.ts'

/** What can be dragged. */
export type DragKind = 'panel' | 'section'

const typeOf = (kind: DragKind): string => `application/x-lossline-${kind}`

/** What something is dragged by; arrow keys move it too. */
export function DragHandle(props: {
  readonly kind: DragKind
  /** Id of the panel, name of the section. */
  readonly id: string
  readonly label: string
  /** One place back or forth. */
  readonly onStep: (direction: 1 | -1) => void
}): ReactElement {
  const step = (event: KeyboardEvent): void => {
    const isBack = event.key === 'ArrowLeft' || event.key === 'ArrowUp'
    if (!isBack && event.key !== 'ArrowRight' && event.key !== 'ArrowDown') return
    event.preventDefault()
    event.stopPropagation()
    props.onStep(isBack ? -1 : 1)
  }
  return (
    <button
      aria-label={`Move ${props.label}`}
      className="icon-button cursor-grab max-sm:hidden"
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(typeOf(props.kind), props.id)
        event.dataTransfer.effectAllowed = 'move'
      }}
      onKeyDown={step}
      title="Drag to move, or press an arrow key"
      type="button"
    >
      <GripVertical size={14} />
    </button>
  )
}

/** Where something of a kind can be dropped. */
export function DropTarget(props: {
  readonly kind: DragKind
  readonly onDrop: ((id: string) => void) | undefined
  /** Of the panel that is in it. */
  readonly panelId?: string
  /** What is in it is pointed at or has the focus. */
  readonly onActivate?: (() => void) | undefined
  readonly className: string
  readonly children: ReactNode
}): ReactElement {
  const { kind, onDrop, className } = props
  const [isOver, setIsOver] = useState(false)
  const isWanted = (event: DragEvent): boolean =>
    onDrop !== undefined && event.dataTransfer.types.includes(typeOf(kind))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whatever is dropped here can be moved by keys and menus too.
    <div
      className={`${className} rounded-lg ${isOver ? 'outline-2 outline-accent' : ''}`}
      {...{ [panelIdAttribute]: props.panelId }}
      onDragLeave={() => setIsOver(false)}
      onFocus={props.onActivate}
      onPointerEnter={props.onActivate}
      onDragOver={(event) => {
        if (!isWanted(event)) return
        event.preventDefault()
        setIsOver(true)
      }}
      onDrop={(event) => {
        setIsOver(false)
        if (!isWanted(event)) return
        event.preventDefault()
        onDrop?.(event.dataTransfer.getData(typeOf(kind)))
      }}
    >
      {props.children}
    </div>
  )
}
