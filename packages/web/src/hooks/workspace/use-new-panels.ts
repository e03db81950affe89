import { useRef, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { lineKind } from '../../view/workspace/automatic-panels.ts'
import type { ShownPanel, ShownSection } from '../../view/workspace/show-workspace.ts'

/** Charts of metrics that came by themselves since the page was opened, and a way to have seen them. */
export interface NewPanels {
  readonly panels: readonly ShownPanel[]
  dismiss(): void
}

/**
 * @param isReady - The metrics are known.
 * @param others - Projects that some of them are of beside the page's own; the same list for as long as it says the same.
 */
export function useNewPanels(
  shown: readonly ShownSection[],
  isReady: boolean,
  others?: readonly ProjectAddress[],
): NewPanels {
  const known = useRef<Set<string>>(undefined)
  const knownOthers = useRef(others)
  const [, setDismissedCount] = useState(0)
  const automatic = shown.flatMap(({ panels }) => panels.filter((one) => one.isAutomatic && one.kind === lineKind))
  // What the page opened with is no news, and neither is the first that a new project has, or what comes with runs that are added.
  if (isReady && (knownOthers.current !== others || (known.current === undefined && automatic.length > 0))) {
    known.current = automatic.length > 0 ? new Set(automatic.map(({ id }) => id)) : undefined
    knownOthers.current = others
  }
  const panels = known.current === undefined ? [] : automatic.filter(({ id }) => !known.current?.has(id))
  return {
    panels,
    dismiss() {
      for (const { id } of panels) known.current?.add(id)
      setDismissedCount((count) => count + 1)
    },
  }
}
