import { Link } from '@tanstack/react-router'
import { FlaskConical } from 'lucide-react'
import type { ReactElement } from 'react'
import { type SampleActions, useOwnEntity, useSample } from '../../hooks/shell/use-sample.ts'
import { incompleteText, loadingText } from '../../view/home/sample-words.ts'

/** Loads the sample project, and says how far that is. Nothing where this server has none, or it is there. */
export function SampleOffer({ className = '' }: { readonly className?: string }): ReactElement | null {
  const entity = useOwnEntity()
  const actions = useSample(entity)
  if (entity === undefined || !actions.sample?.isAvailable || actions.sample.state === 'loaded') return null
  return (
    <section
      aria-label="Sample project"
      className={`flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line bg-panel px-4 py-3 ${className}`}
    >
      <FlaskConical aria-hidden="true" className="shrink-0 text-muted" size={18} />
      <Offer actions={actions} entity={entity} sample={actions.sample} />
    </section>
  )
}

function Offer({
  actions,
  entity,
  sample,
}: {
  readonly actions: SampleActions
  readonly entity: string
  readonly sample: NonNullable<SampleActions['sample']>
}): ReactElement {
  const { state, project, loadedRunCount, runCount } = sample
  if (state === 'loading') {
    return (
      <>
        <div className="min-w-48 flex-1">
          <p aria-live="polite">{loadingText(sample)}</p>
          <progress
            aria-label="Sample project"
            className="progress-bar mt-1 w-full"
            max={Math.max(1, runCount)}
            value={loadedRunCount}
          />
        </div>
        {project !== null && (
          <Link className="button" params={{ entity, project }} to="/$entity/$project">
            Open it
          </Link>
        )}
      </>
    )
  }
  if (state === 'incomplete') {
    return (
      <>
        <p className="min-w-48 flex-1 break-words">{incompleteText(sample)}</p>
        <button className="button" disabled={actions.isBusy} onClick={actions.load} type="button">
          Load the rest
        </button>
        <button className="button" disabled={actions.isBusy} onClick={actions.remove} type="button">
          Remove sample
        </button>
      </>
    )
  }
  return (
    <>
      <p className="min-w-48 flex-1">
        Just looking around?
        <span className="block text-muted">
          60 made-up runs with a sweep, pictures, tables and artifacts. They can be removed again.
        </span>
      </p>
      <button className="button" disabled={actions.isBusy} onClick={actions.loadAndOpen} type="button">
        Load the sample project
      </button>
    </>
  )
}
