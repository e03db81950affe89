import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import type { GridRow } from '../../view/workspace/grid-rows.ts'
import { panelInDirection } from '../../view/workspace/panel-focus.ts'

/** Marks the element around a panel with the panel's id; the frame in it is what gets the focus. */
export const panelIdAttribute = 'data-panel-id'

/** A panel of a grid, or the heading of a section. */
export type GridPlace = { readonly panelId: string } | { readonly sectionName: string }

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
  /** The panel that stays in sight, wherever it goes. */
  readonly edited: string | undefined
  /** What gets the focus, and comes into sight, whenever it is another object. */
  readonly sought: GridPlace | undefined
}): { readonly onFocus: (event: FocusEvent) => void; readonly onKeyDown: (event: KeyboardEvent) => void } {
  const { grid, rows, reveal, onOpen, edited, sought } = options
  const reachable = useRef(options.first)
  const wanted = useRef(options.first)

  const latestRows = useRef(rows)
  latestRows.current = rows
  const rowOf = (panelId: string): number =>
    latestRows.current.findIndex((row) => row.kind === 'panels' && row.panels.some(({ id }) => id === panelId))
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

  const editedRow = edited === undefined ? -1 : rowOf(edited)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is scrolled to when it is elsewhere, not whenever something is drawn.
  useLayoutEffect(() => {
    if (editedRow >= 0) reveal(editedRow)
  }, [edited, editedRow])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each thing that is sought.
  useEffect(() => {
    if (sought === undefined) return
    // What asked for it has closed by then, and has given the focus back.
    const frame = requestAnimationFrame(() => {
      if ('panelId' in sought) return go(sought.panelId)
      const row = latestRows.current.findIndex(
        (one) => one.kind === 'section' && one.section.name === sought.sectionName,
      )
      if (row >= 0) reveal(row)
    })
    return () => cancelAnimationFrame(frame)
  }, [sought])

  const go = (panelId: string): void => {
    reachable.current = panelId
    const row = rowOf(panelId)
    if (row >= 0) reveal(row)
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
