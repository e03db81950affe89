import type { ExpressionJoin } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { withIncludesZero, withYRange } from '../../view/panels/axis-limits.ts'
import { type LegendPosition, withLegendPosition, withLegendTemplate } from '../../view/panels/legend.ts'
import { type LineForm, withLineForm } from '../../view/panels/line-form.ts'
import { linePanel, withGoal, withJoin } from '../../view/panels/line-panel.ts'
import { GroupingSettings } from './grouping-settings.tsx'
import { LineSourceSettings } from './line-source-settings.tsx'
import type { PanelSettingsProps } from './panel-props.ts'
import { RangeFields } from './range-fields.tsx'
import { RunGroupingSettings } from './run-grouping-settings.tsx'
import { ChoiceSetting, TextSetting } from './text-setting.tsx'

const goals = [
  { id: 'auto', label: 'As the metric was defined' },
  { id: 'minimize', label: 'Low values' },
  { id: 'maximize', label: 'High values' },
] as const

const forms: readonly { readonly id: LineForm; readonly label: string }[] = [
  { id: 'line', label: 'Lines' },
  { id: 'area', label: 'Areas' },
  { id: 'stacked', label: 'Stacked areas' },
  { id: 'percent', label: 'Shares of the sum, in percent' },
]

const joins: readonly { readonly id: ExpressionJoin; readonly label: string }[] = [
  { id: 'equal-step', label: 'Where logged at the same step' },
  { id: 'last-known', label: 'With the last known of each' },
]

const positions: readonly { readonly id: LegendPosition | 'auto'; readonly label: string }[] = [
  { id: 'auto', label: 'Below, where no list names the runs' },
  { id: 'south', label: 'Below' },
  { id: 'north', label: 'Above' },
  { id: 'east', label: 'Right' },
  { id: 'west', label: 'Left' },
  { id: 'none', label: 'None' },
]

// biome-ignore lint/suspicious/noTemplateCurlyInString: that is how templates are written.
const templateHelp = 'Such as ${run:displayName} · ${config:lr}; in the tooltip also [[ ${x}: ${y} ]]'

/** What a line chart says beside its title and what it may inherit. */
export function LineSettings({ config, metrics, onChange }: PanelSettingsProps): ReactElement {
  const { sources, join, settings, form, limits, goal, legendTemplate, legendPosition } = linePanel.parse(config)
  return (
    <>
      <LineSourceSettings config={config} metrics={metrics} onChange={onChange} />
      {(sources.origin === 'formulas' || settings.x?.kind === 'expression') && (
        <ChoiceSetting
          label="Metrics of a formula meet"
          onChange={(id) => onChange(withJoin(config, id))}
          options={joins}
          value={join}
        />
      )}
      <ChoiceSetting label="Form" onChange={(id) => onChange(withLineForm(config, id))} options={forms} value={form} />
      <fieldset className="mb-3 flex flex-col gap-1.5">
        <legend className="mb-1 font-medium">Y range</legend>
        <RangeFields
          label="Y range"
          onChange={(ends) => onChange(withYRange(config, ends))}
          value={[limits.yMin, limits.yMax]}
        />
        <label className="flex items-center gap-2">
          <input
            checked={limits.includesZero ?? false}
            className="size-4 accent-accent"
            onChange={({ target }) => onChange(withIncludesZero(config, target.checked))}
            type="checkbox"
          />
          Include zero
        </label>
      </fieldset>
      <ChoiceSetting
        label="Better are"
        onChange={(id) => onChange(withGoal(config, id === 'auto' ? undefined : id))}
        options={goals}
        value={goal ?? 'auto'}
      />
      <TextSetting
        help={templateHelp}
        label="Names of lines"
        onChange={(text) => onChange(withLegendTemplate(config, text))}
        value={legendTemplate ?? ''}
      />
      <ChoiceSetting
        label="Legend"
        onChange={(id) => onChange(withLegendPosition(config, id === 'auto' ? undefined : id))}
        options={positions}
        value={legendPosition ?? 'auto'}
      />
      <RunGroupingSettings config={config} onChange={onChange} />
      <GroupingSettings config={config} hasLines onChange={onChange} />
    </>
  )
}
