import { useRef, useState } from 'react'
import { lineKind } from '../../view/workspace/automatic-panels.ts'
import type { ShownPanel, ShownSection } from '../../view/workspace/show-workspace.ts'

/** Charts of metrics that came by themselves since the page was opened, and a way to have seen them. */
export interface NewPanels {
  readonly panels: readonly ShownPanel[]
  dismiss(): void
}

/** @param isReady - The metrics of the project are known. */
export function useNewPanels(shown: readonly ShownSection[], isReady: boolean): NewPanels {
  const known = useRef<Set<string>>(undefined)
  const [, setDismissedCount] = useState(0)
  const automatic = shown.flatMap(({ panels }) => panels.filter((one) => one.isAutomatic && one.kind === lineKind))
  // What the page opened with is no news, and neither is the first that a new project has.
  if (known.current === undefined && isReady && automatic.length > 0)
    known.current = new Set(automatic.map(({ id }) => id))
  const panels = known.current === undefined ? [] : automatic.filter(({ id }) => !known.current?.has(id))
  return {
    panels,
    dismiss() {
      for (const { id } of panels) known.current?.add(id)
      setDismissedCount((count) => count + 1)
    },
  }
}
