import { useEffect } from 'react'
import { useServices } from '../../services.ts'
import { panelsOf } from '../../view/palette/items.ts'
import type { ShownSection } from '../../view/workspace/show-workspace.ts'

/** Lets the palette find the panels of the view, for as long as it is on the page. */
export function usePanelsOnPage(shown: readonly ShownSection[]): void {
  const { panelsOnPage } = useServices()
  useEffect(() => {
    panelsOnPage.set(panelsOf(shown))
    return () => panelsOnPage.set([])
  }, [panelsOnPage, shown])
}
