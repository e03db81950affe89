import { type ReactElement, useMemo, useState } from 'react'
import { useContents } from '../../hooks/workspace/use-offered-panels.ts'
import { linePanel } from '../../view/panels/line-panel.ts'
import type { LineOrigin } from '../../view/panels/line-source.ts'
import type { PanelKind } from '../../view/panels/panel-kind.ts'
import { panelKinds, panelTitle } from '../../view/panels/registry.ts'
import { formatCount } from '../../view/text/format.ts'
import { toDataKeys } from '../../view/workspace/data-keys.ts'
import type { JsonObject } from '../../view/workspace/json.ts'
import { createLinePanel, createPanels } from '../../view/workspace/new-panels.ts'
import type { WorkspacePanel as KeptPanel } from '../../view/workspace/workspace.ts'
import { Dialog } from '../controls/dialog.tsx'
import { LineOriginChoice } from '../panels/line-origin-choice.tsx'
import type { PanelContext } from '../panels/panel-props.ts'
import { WorkspacePanel } from '../panels/workspace-panel.tsx'
import { KeyList } from './key-list.tsx'
import { NewLineSource } from './new-line-source.tsx'

const bestDescription = 'Lines, bars, histograms, media or tables, by what was logged'

/** Chooses keys and kinds of new panels, with a preview. Without a kind each key gets the one that suits it. */
export function AddPanelDialog(props: {
  readonly context: PanelContext
  readonly sectionNames: readonly string[]
  readonly initialSection: string
  readonly onAdd: (sectionName: string, panels: readonly KeptPanel[]) => void
  readonly onClose: () => void
}): ReactElement {
  const { context, sectionNames } = props
  const [kind, setKind] = useState<PanelKind>()
  const [chosenNames, setChosenNames] = useState<readonly string[]>([])
  const [isTogether, setIsTogether] = useState(false)
  const [sectionName, setSectionName] = useState(props.initialSection)
  const [origin, setOrigin] = useState<LineOrigin>('metrics')
  const [source, setSource] = useState<JsonObject>({})
  const needs = kind?.needs
  const { media } = useContents(context.address, context.runs)
  const keys = useMemo(
    () => toDataKeys(context.metrics, media).filter(({ is }) => needs === undefined || is === needs),
    [context.metrics, media, needs],
  )
  const chosen = useMemo(() => {
    const names = new Set(chosenNames)
    return keys.filter(({ name }) => names.has(name))
  }, [keys, chosenNames])
  const isLine = kind === linePanel
  const needsKeys = needs !== 'nothing' && !(isLine && origin !== 'metrics')
  const panels = useMemo(
    () => (isLine && origin !== 'metrics' ? createLinePanel(source) : createPanels(kind, chosen, isTogether)),
    [isLine, origin, source, kind, chosen, isTogether],
  )
  const canAdd = panels.length > 0 && (!needsKeys || chosen.length > 0)
  const keyList = (
    <KeyList
      chosen={chosen.map(({ name }) => name)}
      keys={keys}
      onChange={setChosenNames}
      what={needs === undefined ? 'key' : needs === 'metrics' ? 'metric' : needs === 'tables' ? 'table' : 'key'}
    />
  )
  const preview = canAdd ? panels[0] : undefined
  const add = (): void => {
    props.onAdd(sectionName, panels)
    props.onClose()
  }
  return (
    <Dialog onClose={props.onClose} title="Add panels">
      <fieldset className="mb-3">
        <legend className="mb-1 font-medium">Kind</legend>
        <div className="flex flex-wrap gap-1.5">
          <button
            aria-pressed={kind === undefined}
            className="button"
            onClick={() => setKind(undefined)}
            title={bestDescription}
            type="button"
          >
            What suits the data
          </button>
          {panelKinds.map((one) => (
            <button
              aria-pressed={one === kind}
              className="button"
              key={one.kind}
              onClick={() => setKind(one)}
              title={one.description}
              type="button"
            >
              {one.title}
            </button>
          ))}
        </div>
        <p className="mt-1 text-muted text-sm">{kind?.description ?? bestDescription}</p>
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        {isLine ? (
          <LineOriginChoice
            className="min-w-0"
            onChange={(next) => {
              setOrigin(next)
              setSource({})
            }}
            value={origin}
          >
            {origin === 'metrics' ? (
              keyList
            ) : (
              <NewLineSource config={source} metrics={context.metrics} onChange={setSource} origin={origin} />
            )}
          </LineOriginChoice>
        ) : (
          needsKeys && keyList
        )}
        <div className="h-64 min-w-0">
          {preview ? (
            <WorkspacePanel
              context={context}
              menu={undefined}
              panel={{ ...preview, title: panelTitle(preview) }}
              section={{}}
            />
          ) : (
            <p className="flex h-full items-center justify-center rounded-lg border border-line border-dashed p-4 text-center text-muted">
              {!needsKeys
                ? 'Say what its lines are of to see what it looks like.'
                : keys.length === 0
                  ? 'The visible runs have logged nothing for it.'
                  : 'Choose a key to see what it looks like.'}
            </p>
          )}
        </div>
      </div>
      <div className="mt-4 flex flex-wrap items-center gap-3">
        {needsKeys && needs !== 'tables' && chosen.length > 1 && (
          <label className="flex items-center gap-2">
            <input
              checked={isTogether}
              className="size-4 accent-accent"
              onChange={({ target }) => setIsTogether(target.checked)}
              type="checkbox"
            />
            {kind === undefined ? 'One panel for each kind' : 'All in one panel'}
          </label>
        )}
        <label className="flex items-center gap-2">
          Section
          <select
            className="control max-w-44"
            onChange={({ target }) => setSectionName(target.value)}
            value={sectionName}
          >
            {[...new Set([...sectionNames, props.initialSection])].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <button className="button ml-auto" disabled={!canAdd} onClick={add} type="button">
          {canAdd ? `Add ${formatCount(panels.length, 'panel')}` : 'Add'}
        </button>
      </div>
    </Dialog>
  )
}
