import { type FocusEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react'
import type { GridRow } from '../../view/workspace/grid-rows.ts'
import { panelInDirection } from '../../view/workspace/panel-focus.ts'

/** Marks the element around a panel with the panel's id; the frame in it is what gets the focus. */
export const panelIdAttribute = 'data-panel-id'

/**
 * Keys for a grid of panels: Tab reaches one panel, arrow keys, Home and End go to the others, Enter opens it. The panel that was
 * last in use is the one that Tab reaches.
 *
 * @param options.reveal - Scrolls to a row, which may not be there yet.
 */
export function usePanelFocus(options: {
  readonly grid: RefObject<HTMLElement | null>
  readonly rows: readonly GridRow[]
  readonly reveal: (row: number) => void
  readonly onOpen: ((panelId: string) => void) | undefined
  /** The panel that gets the focus when the grid comes on the page. */
  readonly first: string | undefined
}): { readonly onFocus: (event: FocusEvent) => void; readonly onKeyDown: (event: KeyboardEvent) => void } {
  const { grid, rows, reveal, onOpen } = options
  const reachable = useRef(options.first)
  const wanted = useRef(options.first)

  const rowOf = (panelId: string): number =>
    rows.findIndex((row) => row.kind === 'panels' && row.panels.some(({ id }) => id === panelId))
  const frames = (): readonly HTMLElement[] => [
    ...(grid.current?.querySelectorAll<HTMLElement>(`[${panelIdAttribute}] > [role="group"]`) ?? []),
  ]
  // After every render: which panels are there changes with every scroll.
  useLayoutEffect(() => {
    const all = frames()
    const last = all.find((frame) => panelIdOf(frame) === reachable.current) ?? all[0]
    for (const frame of all) frame.tabIndex = frame === last ? 0 : -1
    if (wanted.current === undefined) return
    const next = all.find((frame) => panelIdOf(frame) === wanted.current)
    if (next === undefined) {
      const row = rowOf(wanted.current)
      if (row >= 0) reveal(row)
      return
    }
    wanted.current = undefined
    next.focus({ preventScroll: true })
  })

  const go = (panelId: string): void => {
    reachable.current = panelId
    reveal(rowOf(panelId))
    const frame = frames().find((one) => panelIdOf(one) === panelId)
    if (frame === undefined) wanted.current = panelId
    else {
      frame.tabIndex = 0
      frame.focus({ preventScroll: true })
    }
  }
  return {
    onFocus: ({ target }) => {
      const panelId = panelIdOf(target)
      if (panelId === undefined || panelId === reachable.current) return
      reachable.current = panelId
      for (const frame of frames()) frame.tabIndex = panelIdOf(frame) === panelId ? 0 : -1
    },
    onKeyDown: (event) => {
      // Controls in a panel have keys of their own.
      if (!(event.target instanceof HTMLElement) || !event.target.matches(`[${panelIdAttribute}] > [role="group"]`))
        return
      const panelId = panelIdOf(event.target)
      if (panelId === undefined || event.ctrlKey || event.metaKey || event.altKey) return
      const next = panelInDirection(rows, panelId, event.key)
      if (next !== undefined) go(next)
      else if (event.key === 'Enter' && onOpen) onOpen(panelId)
      else return
      event.preventDefault()
    },
  }
}

function panelIdOf(target: EventTarget): string | undefined {
  if (!(target instanceof Element)) return undefined
  return target.closest(`[${panelIdAttribute}]`)?.getAttribute(panelIdAttribute) ?? undefined
}
