import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { type ProjectAddress, projectsQuery } from '../../api/queries.ts'
import { useSample } from '../../hooks/shell/use-sample.ts'
import { incompleteText, loadingText } from '../../view/home/sample-words.ts'
import { PopoverButton } from '../controls/popover-button.tsx'

/** How a project that holds the sample is marked. */
export const sampleLabelClass = 'shrink-0 rounded-full border border-line-strong px-2 text-muted text-sm leading-5'

/** Beside the name of the sample project: what it is, and the way to be rid of it. Nothing for other projects. */
export function SampleBadge({ entity, project }: ProjectAddress): ReactElement | null {
  const { data } = useQuery(projectsQuery)
  const found = data?.projects.find((one) => one.entity === entity && one.project === project)
  return found?.isSample === true ? <Badge entity={entity} /> : null
}

function Badge({ entity }: { readonly entity: string }): ReactElement {
  const { sample, isBusy, load, remove } = useSample(entity)
  return (
    <>
      <PopoverButton
        className={`${sampleLabelClass} hover:text-text`}
        face="Sample"
        label="About this sample project"
        panelClassName="w-72 p-4"
      >
        {(close) => (
          <>
            <p className="mb-3">Made-up runs to look at. Nothing in this project was trained.</p>
            {sample?.state === 'loading' && <p className="mb-3 text-muted">{loadingText(sample)}</p>}
            {sample?.state === 'incomplete' && <p className="mb-3 text-muted">{incompleteText(sample)}</p>}
            {sample?.isAvailable === true ? (
              <div className="flex flex-wrap gap-2">
                {sample.state === 'incomplete' && (
                  <button className="button" disabled={isBusy} onClick={load} type="button">
                    Load the rest
                  </button>
                )}
                <button
                  className="button danger-button"
                  disabled={isBusy}
                  onClick={() => {
                    close()
                    remove()
                  }}
                  type="button"
                >
                  Remove sample
                </button>
              </div>
            ) : (
              <p className="text-muted">Whoever may change it removes it here, or on its overview.</p>
            )}
          </>
        )}
      </PopoverButton>
      {/* Whoever waits in its workspace sees how far it is. */}
      <span className="shrink-0 text-muted text-sm max-sm:sr-only" role="status">
        {sample?.state === 'loading' && loadingText(sample)}
      </span>
    </>
  )
}
