import type { FoundRun } from '@lossline/protocol'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { searchQuery } from '../../api/project-queries.ts'
import { metricsQuery, projectsQuery, runKeysQuery, runsQuery, sessionQuery } from '../../api/queries.ts'
import { keysOf } from '../../keyboard/key-map.ts'
import { isApple, keyText } from '../../keyboard/key-press.ts'
import { shortcuts } from '../../keyboard/registry.ts'
import { useServices } from '../../services.ts'
import type { SearchParams } from '../../view/address/url-state.ts'
import { findGuideItems } from '../../view/palette/guide-items.ts'
import {
  artifactItem,
  configItem,
  metricItem,
  panelItem,
  projectItem,
  runItem,
  settingsItems,
  tagItem,
} from '../../view/palette/items.ts'
import { parsePaletteQuery } from '../../view/palette/palette-query.ts'
import type { PickGroup, PickItem } from '../../view/palette/pick-item.ts'
import { answeredFirst, namedFirst, rankByText } from '../../view/palette/rank.ts'
import { useSettled } from '../use-settled.ts'

/** The server is asked once typing has paused for this long. */
const settleMs = 60
/** Lines of a group among several, and of one that was asked for alone. */
const groupMax = 6
const scopeMax = 50

/** What the palette lists for what was typed, best first in each group. */
export function usePaletteGroups(typed: string): { readonly groups: readonly PickGroup[]; readonly isAsking: boolean } {
  const { entity = '', project = '' } = useParams({ strict: false })
  const place = useMemo(() => ({ entity, project }), [entity, project])
  const isInProject = entity !== '' && project !== ''
  const { scope, text } = parsePaletteQuery(typed)
  const { nw } = useSearch({ strict: false }) as SearchParams
  const { recent, panelsOnPage } = useServices()
  const { data: session } = useQuery(sessionQuery)
  const commands = useCommandItems()
  const search = useSettled(text, settleMs)
  const wants = (kind: typeof scope): boolean => scope === 'all' || scope === kind
  const projects = useQuery(projectsQuery)
  const runs = useQuery({
    ...runsQuery(place, search === '' ? {} : { search }, 0, 200),
    enabled: isInProject && (search === '' ? scope === 'runs' : wants('runs') || scope === 'tags'),
    placeholderData: keepPreviousData,
  })
  const metrics = useQuery({ ...metricsQuery(place), enabled: isInProject && wants('panels') })
  const keys = useQuery({
    ...runKeysQuery(place),
    enabled: isInProject && ((scope === 'all' && text !== '') || scope === 'tags'),
  })
  const everywhere = useQuery({
    ...searchQuery(search),
    // Whoever has followed a link sees what it is of, and that is found without.
    enabled: search !== '' && wants('runs') && session !== undefined && session.sharedKind === undefined,
    placeholderData: keepPreviousData,
  })

  const [recentPicks] = useState(() => recent.list())
  const max = scope === 'all' ? groupMax : scopeMax
  const best = (items: readonly PickItem[]): readonly PickItem[] =>
    rankByText(items, text, ({ label }) => label).slice(0, max)
  const group = (title: string, items: readonly PickItem[]): PickGroup => ({ title, items })
  const here = (runs.data?.runs ?? []).map((run) => ({ ...run, ...place }))
  const hereIds = new Set(here.map(({ runId }) => runId))
  const isHere = (run: FoundRun): boolean => run.entity === entity && run.project === project && hereIds.has(run.runId)
  const elsewhere = search === '' ? [] : (everywhere.data?.runs ?? []).filter((run) => !isHere(run))
  // What is in the page's own project is probably meant, unless something is called exactly so.
  const runItems = namedFirst([...here, ...elsewhere], text, ({ displayName, runId }) => [displayName, runId])
    .slice(0, max)
    .map((run) => runItem(run, run))
  const isAsking = runs.isFetching || metrics.isFetching || keys.isFetching || everywhere.isFetching
  const panels = panelsOnPage.get().map((panel) => panelItem(location, panel))
  // Those that have a panel here are found as that.
  const shownHere = new Set(panels.map(({ label }) => label))
  const ofMetrics = (metrics.data?.metrics ?? [])
    .filter(({ key }) => !shownHere.has(key))
    .map((metric) => metricItem(place, metric, nw))

  switch (scope) {
    case 'commands':
      return found([group('Commands', best(commands))], isAsking)
    case 'runs':
      return found([group('Runs', runItems)], isAsking)
    case 'panels':
      return found([group('Panels in this view', best(panels)), group('Metrics', best(ofMetrics))], isAsking)
    case 'tags': {
      // The usual ones, and those of runs that are found by what was typed.
      const usual = keys.data?.fields.find(({ field }) => field === 'tags')?.values ?? []
      const counts = new Map(usual.map(({ value, runCount }) => [value, runCount]))
      const tags = new Set([...counts.keys(), ...(runs.data?.runs ?? []).flatMap((run) => run.tags)])
      return found([group('Tags', best([...tags].map((tag) => tagItem(place, tag, counts.get(tag)))))], isAsking)
    }
    case 'all': {
      const ofProjects = (projects.data?.projects ?? []).map(projectItem)
      if (text === '') {
        const known = new Map(commands.map((item) => [item.id, item]))
        // A command that has nothing to act on here is no use.
        const usable = recentPicks.flatMap((pick) => (pick.href === undefined ? (known.get(pick.id) ?? []) : pick))
        const recentGroup = group('Recent', usable.slice(0, groupMax))
        const isRecent = new Set(recentGroup.items.map(({ id }) => id))
        const others = (items: readonly PickItem[]): readonly PickItem[] => items.filter(({ id }) => !isRecent.has(id))
        return found(
          [recentGroup, group('Projects', others(ofProjects).slice(0, max)), group('Commands', others(commands))],
          isAsking,
        )
      }
      const ofGuide = findGuideItems(text).slice(0, max)
      const keyItems = (keys.data?.keys ?? [])
        .filter(({ key }) => key.startsWith('config.'))
        .map((key) => configItem(place, key))
      return found(
        answeredFirst(
          [
            group('Runs', runItems),
            group('Projects', best(ofProjects)),
            group('Panels in this view', best(panels)),
            group('Metrics', best(ofMetrics)),
            group('Config keys', best(keyItems)),
            group('Artifacts', best((everywhere.data?.artifacts ?? []).map(artifactItem))),
            group('Commands', best(commands)),
            group('Settings', best(settingsItems)),
            group('Guide', ofGuide),
          ],
          text,
        ),
        isAsking,
      )
    }
  }
}

function found(groups: readonly PickGroup[], isAsking: boolean) {
  return { groups: groups.filter(({ items }) => items.length > 0), isAsking }
}

/** What can be done on the page as it is, with its keys. */
function useCommandItems(): readonly PickItem[] {
  const { shortcuts: dispatcher, keys } = useServices()
  // The page below stands still while the palette is open.
  const [items] = useState(() => {
    const active = new Set(dispatcher.activeIds())
    const { choices } = keys.get()
    return shortcuts
      .filter(({ id }) => active.has(id) && id !== 'open-palette' && id !== 'escape')
      .map((shortcut): PickItem => {
        const [first] = keysOf(shortcut, choices)
        return {
          id: `command ${shortcut.id}`,
          label: shortcut.label,
          run: () => dispatcher.run(shortcut.id),
          ...(first !== undefined && { hint: keyText(first, isApple()) }),
        }
      })
  })
  return items
}
