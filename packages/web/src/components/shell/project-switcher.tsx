import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { ChevronsUpDown } from 'lucide-react'
import { type ReactElement, useCallback, useRef, useState } from 'react'
import { type ProjectAddress, projectsQuery } from '../../api/queries.ts'
import { useShortcut } from '../../hooks/use-store.ts'
import type { PickItem } from '../../view/palette/pick-item.ts'
import { rankByText } from '../../view/palette/rank.ts'
import { projectHref } from '../../view/shell/hrefs.ts'
import { formatCount } from '../../view/text/format.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import { PickList } from './pick-list.tsx'

/** So many projects are listed; typing finds the others. */
const listedMax = 50

/** The project of the page, and the way to another one. */
export function ProjectSwitcher({ current }: { readonly current: ProjectAddress }): ReactElement {
  const open = useRef<() => void>(null)
  useShortcut(
    'go-project',
    useCallback(() => open.current?.(), []),
  )
  return (
    <PopoverButton
      className="flex min-w-0 items-center gap-1 rounded-md px-1.5 py-0.5 font-medium text-text hover:bg-hover"
      face={
        <>
          <span className="truncate">{current.project}</span>
          <ChevronsUpDown aria-hidden="true" className="shrink-0 text-muted" size={13} />
        </>
      }
      label={`Project ${current.project}. Switch to another`}
      openRef={open}
      panelClassName="w-80 max-w-[calc(100vw-12px)]"
      title="Switch to another project"
    >
      {(close) => <Choices close={close} current={current} />}
    </PopoverButton>
  )
}

function Choices({ current, close }: { readonly current: ProjectAddress; readonly close: () => void }): ReactElement {
  const router = useRouter()
  const [query, setQuery] = useState('')
  const { data } = useQuery(projectsQuery)
  const others = (data?.projects ?? []).filter(
    ({ entity, project }) => entity !== current.entity || project !== current.project,
  )
  const recent = others.toSorted((a, b) => b.updatedAtMs - a.updatedAtMs)
  const found = rankByText(recent, query, ({ entity, project }) => `${project} ${entity}`).slice(0, listedMax)
  const items = found.map((project): PickItem => {
    const { entity, project: name, runCount } = project
    const owner = entity === current.entity ? '' : `${entity} · `
    return {
      id: `${entity}/${name}`,
      label: name,
      detail: `${owner}${formatCount(runCount, 'run')}`,
      href: projectHref(project),
    }
  })
  return (
    <PickList
      className="max-h-96"
      empty={others.length === 0 ? 'There is no other project.' : `No project matches “${query}”.`}
      groups={items.length === 0 ? [] : [{ title: 'Projects', items }]}
      label="Find a project"
      onPick={(item, isElsewhere) => {
        close()
        if (item.href === undefined) return
        if (isElsewhere) window.open(item.href, '_blank')
        else router.history.push(item.href)
      }}
      onQuery={setQuery}
      query={query}
    />
  )
}
