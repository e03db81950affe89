import { Plus } from 'lucide-react'
import type { ReactElement } from 'react'
import type { MetricsByName } from '../../view/workspace/automatic-panels.ts'
import { toDataKeys } from '../../view/workspace/data-keys.ts'
import { createPanels } from '../../view/workspace/new-panels.ts'
import { usefulMetrics } from '../../view/workspace/useful-metrics.ts'
import type { WorkspacePanel } from '../../view/workspace/workspace.ts'

/** Metrics that most runs have, each of which a click makes a panel of. */
export function QuickAdd(props: {
  readonly metrics: MetricsByName
  /** Metrics that have their panel. */
  readonly added: ReadonlySet<string>
  readonly onAdd: (name: string, panels: readonly WorkspacePanel[]) => void
  /** Opens the dialog with all of them. */
  readonly onAll: () => void
  /** Undefined: there are no panels yet, and this is all there is. */
  readonly onDone: (() => void) | undefined
}): ReactElement {
  const { metrics, onAdd } = props
  const keys = toDataKeys(metrics, [])
  return (
    <section aria-label="Metrics to add" className="mx-auto w-full max-w-2xl p-4 text-center">
      <ul className="flex flex-wrap justify-center gap-2">
        {usefulMetrics(metrics, props.added).map((name) => (
          <li className="max-w-full" key={name}>
            <button
              className="button max-w-full"
              onClick={() =>
                onAdd(
                  name,
                  createPanels(
                    undefined,
                    keys.filter((key) => key.name === name),
                    false,
                  ),
                )
              }
              title={`Add a panel of ${name}`}
              type="button"
            >
              <Plus aria-hidden="true" className="shrink-0" size={14} />
              <span className="truncate">{name}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="mt-3 flex justify-center gap-4">
        <button className="link-text" onClick={props.onAll} type="button">
          All metrics…
        </button>
        {props.onDone && (
          <button className="link-text" onClick={props.onDone} type="button">
            Done
          </button>
        )}
      </p>
    </section>
  )
}
