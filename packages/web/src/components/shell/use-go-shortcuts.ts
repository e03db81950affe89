import { useParams, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useServices } from '../../services.ts'
import type { SearchParams } from '../../view/address/url-state.ts'
import { toPath } from '../../view/shell/hrefs.ts'
import { projectPageOf, projectPages, sharedSearch } from '../../view/shell/project-pages.ts'
import { stringifySearchText } from '../../view/text/search-text.ts'

/** Keys that lead to other pages: `G` and a letter. */
export function useGoShortcuts(): void {
  const { shortcuts } = useServices()
  const router = useRouter()
  const { entity, project } = useParams({ strict: false })
  useEffect(() => {
    const go = (path: string) => (): void => router.history.push(path)
    const stops = [shortcuts.register('go-home', go('/')), shortcuts.register('go-settings', go('/settings'))]
    if (entity !== undefined && project !== undefined) {
      const base = toPath(entity, project)
      const goTo = (to: string) => (): void => {
        const { pathname, search } = router.latestLocation
        const shared = stringifySearchText(sharedSearch(pathname, search as SearchParams, to))
        router.history.push(base + to.slice('/$entity/$project'.length) + shared)
      }
      for (const page of projectPages) stops.push(shortcuts.register(page.shortcut, goTo(page.to)))
      stops.push(
        shortcuts.register('workspace-or-table', () => {
          const isWorkspace = projectPageOf(router.latestLocation.pathname)?.id === 'workspace'
          goTo(`/$entity/$project/${isWorkspace ? 'table' : 'workspace'}`)()
        }),
      )
    }
    return () => {
      for (const stop of stops) stop()
    }
  }, [shortcuts, router, entity, project])
}
