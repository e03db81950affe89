import type { ReactElement } from 'react'
import { panelTitle } from '../../view/panels/registry.ts'
import { showPanel } from '../../view/workspace/edit-panels.ts'
import { defaultSetting, isDefaultSetting } from '../../view/workspace/setting-defaults.ts'
import { hiddenPanels } from '../../view/workspace/show-workspace.ts'
import type { Workspace } from '../../view/workspace/workspace.ts'
import { ChartOptionFields } from '../chart/chart-options.tsx'
import { SettingRow } from './setting-row.tsx'
import type { SettingsContext } from './settings-drawer.tsx'

/** How a workspace is made up, and what was hidden in it. */
export function WorkspaceSettings({ context }: { readonly context: SettingsContext }): ReactElement {
  const { workspace, edits } = context
  const change = (label: string, changes: Partial<Workspace>): void =>
    edits.edit(label, (arranged) => ({ ...arranged.workspace, ...changes }))
  const from = (key: Parameters<typeof defaultSetting>[0]) => ({
    inheritedFrom: isDefaultSetting(workspace, key) ? 'defaults' : undefined,
    onReset: () => change('Reset setting', defaultSetting(key)),
  })
  const hidden = hiddenPanels(workspace, panelTitle)
  return (
    <>
      <SettingRow {...from('isAutomatic')} label="Panels" resetTo="the default">
        <div className="flex flex-col gap-1.5">
          <Choice
            isChosen={workspace.isAutomatic}
            name="panels"
            note="One for each metric, as runs log them"
            onChoose={() => change('Automatic panels', { isAutomatic: true })}
            title="Automatic"
          />
          <Choice
            isChosen={!workspace.isAutomatic}
            name="panels"
            note="Only those that somebody added"
            onChoose={() => change('Panels by hand', { isAutomatic: false })}
            title="By hand"
          />
        </div>
      </SettingRow>
      <SettingRow {...from('sectionBy')} label="Sections" resetTo="the default">
        <div className="flex flex-col gap-1.5">
          <Choice
            isChosen={workspace.sectionBy === 'first'}
            name="sections"
            note="a/b/loss is in a"
            onChoose={() => change('Sections', { sectionBy: 'first' })}
            title="By the first part of a name"
          />
          <Choice
            isChosen={workspace.sectionBy === 'last'}
            name="sections"
            note="a/b/loss is in a/b"
            onChoose={() => change('Sections', { sectionBy: 'last' })}
            title="By all but the last part"
          />
        </div>
      </SettingRow>
      <SettingRow {...from('isSorted')} label="Order of panels" resetTo="the default">
        <label className="flex items-center gap-2">
          <input
            checked={workspace.isSorted}
            className="size-4 accent-accent"
            onChange={({ target }) => change('Sort panels', { isSorted: target.checked })}
            type="checkbox"
          />
          Sort the panels of all sections A–Z
        </label>
      </SettingRow>
      <fieldset className="border-line border-t py-3">
        <legend className="float-left mb-1 font-medium">Line charts</legend>
        <div className="clear-both">
          <ChartOptionFields store={context.store} view={context.view} />
        </div>
      </fieldset>
      {hidden.length > 0 && (
        <section className="border-line border-t py-3">
          <h3 className="mb-1 font-medium">Hidden panels</h3>
          <ul>
            {hidden.map((panel) => (
              <li className="flex min-h-7 items-center gap-2" key={panel.id}>
                <span className="min-w-0 truncate" title={panel.title}>
                  {panel.title}
                </span>
                <button
                  aria-label={`Show ${panel.title}`}
                  className="link-text ml-auto shrink-0"
                  onClick={() =>
                    edits.edit('Show panel', (arranged) => showPanel(arranged, panel.id, edits.homeOf(panel)))
                  }
                  type="button"
                >
                  Show
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Choice(props: {
  readonly name: string
  readonly title: string
  readonly note: string
  readonly isChosen: boolean
  readonly onChoose: () => void
}): ReactElement {
  return (
    <label className="flex gap-2">
      <input
        checked={props.isChosen}
        className="mt-0.5 size-4 accent-accent"
        name={props.name}
        onChange={props.onChoose}
        type="radio"
      />
      <span>
        {props.title}
        <span className="block text-muted text-sm">{props.note}</span>
      </span>
    </label>
  )
}
