import type { ArtifactVersionInfo } from '@lossline/protocol'
import { ArrowRight } from 'lucide-react'
import type { ReactElement } from 'react'
import { formatCount } from '../../view/text/format.ts'
import { VersionLink } from './version-link.tsx'

/** Versions drawn on either side; the lists beside it have all of them. */
const shownMax = 5

/** What led to a run and what came of it, one step far: its inputs, itself, its outputs. */
export function RunLineage(props: {
  readonly runName: string
  readonly inputs: readonly ArtifactVersionInfo[]
  readonly outputs: readonly ArtifactVersionInfo[]
}): ReactElement {
  return (
    <div className="flex flex-wrap items-center gap-3 px-3 py-2">
      <Side label="Inputs" versions={props.inputs} />
      <ArrowRight aria-hidden="true" className="shrink-0 text-muted" size={16} />
      <span
        className="max-w-60 truncate rounded-sm border border-line-strong px-2 py-1 font-medium"
        title={props.runName}
      >
        {props.runName}
      </span>
      <ArrowRight aria-hidden="true" className="shrink-0 text-muted" size={16} />
      <Side label="Outputs" versions={props.outputs} />
    </div>
  )
}

function Side({
  label,
  versions,
}: {
  readonly label: string
  readonly versions: readonly ArtifactVersionInfo[]
}): ReactElement {
  if (versions.length === 0) return <span className="text-muted">No {label.toLowerCase()}</span>
  return (
    <ul aria-label={label} className="flex min-w-0 flex-col gap-1">
      {versions.slice(0, shownMax).map((version) => (
        <li className="min-w-0 rounded-full border border-line px-2.5 py-0.5" key={version.id}>
          <VersionLink version={version} />
        </li>
      ))}
      {versions.length > shownMax && (
        <li className="px-2.5 text-muted text-sm">{formatCount(versions.length - shownMax, 'more version')}</li>
      )}
    </ul>
  )
}
