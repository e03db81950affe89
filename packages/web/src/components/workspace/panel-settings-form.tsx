import type { ReactElement } from 'react'
import { linePanel, withLineSettings } from '../../view/panels/line-panel.ts'
import { readPanelRunSet, withPanelRunSet } from '../../view/panels/panel-run-set.ts'
import { findPanelKind } from '../../view/panels/registry.ts'
import { changePanel } from '../../view/workspace/edit-panels.ts'
import { type JsonObject, textAt, withKeys } from '../../view/workspace/json.ts'
import { cascade } from '../../view/workspace/panel-settings.ts'
import type { ShownPanel, ShownSection } from '../../view/workspace/show-workspace.ts'
import { findSettingsComponent } from '../panels/registry.ts'
import { XFormulaField } from '../panels/x-formula-field.tsx'
import { RunSetChoice } from './run-set-choice.tsx'
import { ScopeSettings } from './scope-settings.tsx'
import type { SettingsContext } from './settings-drawer.tsx'

/** What a panel is called and says for itself alone. */
export function PanelSettingsForm(props: {
  readonly panel: ShownPanel
  readonly section: ShownSection
  readonly context: SettingsContext
}): ReactElement {
  const { panel, section, context } = props
  const { config, kind } = panel
  const known = findPanelKind(kind)
  const Settings = findSettingsComponent(kind)
  const change = (next: JsonObject): void =>
    context.edits.edit('Edit panel', (arranged) => changePanel(arranged, panel.id, { config: next }))
  const settings = kind === linePanel.kind ? linePanel.parse(config).settings : undefined
  return (
    <>
      <p className="mb-2 text-muted">{known?.title ?? `Of the kind “${kind}”, which cannot be drawn here yet.`}</p>
      {known && (
        <label className="mb-3 flex flex-col gap-1">
          <span className="font-medium">Title</span>
          <input
            className="control"
            onChange={({ target }) => change(withKeys(config, { chartTitle: target.value || undefined }))}
            placeholder={known.titleOf(known.parse(withKeys(config, { chartTitle: undefined })))}
            value={textAt(config, 'chartTitle') ?? ''}
          />
        </label>
      )}
      {known && (
        <RunSetChoice
          chosen={readPanelRunSet(config)}
          onChange={(id) => change(withPanelRunSet(config, id))}
          runSets={context.workspace.runSets}
        />
      )}
      {Settings && <Settings config={config} metrics={context.metrics} onChange={change} />}
      {settings && (
        <ScopeSettings
          above={section.settings}
          effective={cascade(context.view, section.settings, settings)}
          onChange={(next) => change(withLineSettings(config, next))}
          address={context.address}
          runs={context.runs}
          settings={settings}
          xFormula={(expression, onFormula) => (
            <XFormulaField metrics={context.metrics} onChange={onFormula} value={expression} />
          )}
          xKeys={context.xKeys}
        />
      )}
    </>
  )
}
