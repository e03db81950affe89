import { useParams, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useServices } from '../../services.ts'
import { toPath } from '../../view/shell/hrefs.ts'
import { projectPageOf, projectPages } from '../../view/shell/project-pages.ts'

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
      const pathOf = (to: string): string => base + to.slice('/$entity/$project'.length)
      for (const page of projectPages) stops.push(shortcuts.register(page.shortcut, go(pathOf(page.to))))
      stops.push(
        shortcuts.register('workspace-or-table', () => {
          const { pathname, search } = router.latestLocation
          const isWorkspace = projectPageOf(pathname)?.id === 'workspace'
          // Filter, groups and eyes mean the same in both.
          const query = new URLSearchParams(search as Record<string, string>).toString()
          router.history.push(`${base}${isWorkspace ? '/table' : '/workspace'}${query === '' ? '' : `?${query}`}`)
        }),
      )
    }
    return () => {
      for (const stop of stops) stop()
    }
  }, [shortcuts, router, entity, project])
}
