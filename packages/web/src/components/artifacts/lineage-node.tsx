import type { LineageNode } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { clusterName } from '../../view/artifacts/lineage-clusters.ts'
import { nodeName } from '../../view/artifacts/lineage-state.ts'
import { MiddleCut } from '../controls/middle-cut.tsx'
import { PopoverButton } from '../controls/popover-button.tsx'
import { SearchField } from '../controls/search-field.tsx'
import { RunLink, VersionLink } from './version-link.tsx'

const nodeClass =
  'flex h-full flex-col justify-center overflow-hidden border bg-panel px-3 hover:bg-hover data-focus:border-2 data-focus:bg-selected'

/** A run as a rectangle, a version rounded. */
export function NodeLink({ node, isFocus }: { readonly node: LineageNode; readonly isFocus: boolean }): ReactElement {
  const name = (
    <span className="flex min-w-0 font-medium">
      <MiddleCut text={nodeName(node)} />
    </span>
  )
  if (node.kind === 'run') {
    const { entity, project, runId, state, jobType } = node.run
    return (
      <Link
        className={`${nodeClass} rounded-sm border-line-strong`}
        params={{ entity, project, runId }}
        title={`Run ${nodeName(node)}, ${state}`}
        to="/$entity/$project/runs/$runId"
      >
        {name}
        <span className="truncate text-muted text-sm">run{jobType === '' ? '' : ` · ${jobType}`}</span>
      </Link>
    )
  }
  const { entity, project, type, collection, version } = node.version
  return (
    <Link
      className={`${nodeClass} rounded-full border-accent`}
      data-focus={isFocus || undefined}
      params={{ entity, project, type, name: collection, version, tab: 'lineage' }}
      title={`Artifact ${nodeName(node)}, ${type}`}
      to="/$entity/$project/artifacts/$type/$name/$version/$tab"
    >
      {name}
      <span className="truncate text-muted text-sm">
        {type}
        {node.version.aliases.length > 0 && ` · ${node.version.aliases.join(', ')}`}
      </span>
    </Link>
  )
}

/** Siblings as one: a click lists them, and draws them one by one if wanted. */
export function ClusterButton(props: {
  readonly nodes: readonly LineageNode[]
  readonly onDraw: () => void
}): ReactElement {
  const { nodes, onDraw } = props
  const name = clusterName(nodes)
  const shape = nodes[0]?.kind === 'run' ? 'rounded-sm border-line-strong' : 'rounded-full border-accent'
  return (
    <PopoverButton
      className={`${nodeClass} ${shape} w-full border-dashed text-left`}
      face={
        <>
          <span className="truncate font-medium">{name}</span>{' '}
          <span className="truncate text-muted text-sm">alike, open to see them</span>
        </>
      }
      label={`${name} alike, open to see them`}
      panelClassName="w-80 max-w-[90vw] p-2"
    >
      {() => <ClusterList name={name} nodes={nodes} onDraw={onDraw} />}
    </PopoverButton>
  )
}

function ClusterList(props: {
  readonly nodes: readonly LineageNode[]
  readonly name: string
  readonly onDraw: () => void
}): ReactElement {
  const { nodes, name, onDraw } = props
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = nodes.filter((node) => nodeName(node).toLowerCase().includes(wanted))
  return (
    <>
      <div className="mb-2 flex items-center gap-2">
        <SearchField className="min-w-0 flex-1" label={`Find in ${name}`} onChange={setSearch} value={search} />
        <button className="button" onClick={onDraw} type="button">
          Draw all
        </button>
      </div>
      <ul aria-label={name} className="max-h-72 overflow-y-auto">
        {found.map((node) => (
          <li className="flex min-h-7 items-center" key={node.id}>
            {node.kind === 'run' ? <RunLink run={node.run} /> : <VersionLink version={node.version} />}
          </li>
        ))}
        {found.length === 0 && <li className="text-muted">None matches “{search}”.</li>}
      </ul>
    </>
  )
}
