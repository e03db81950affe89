import type { ReactElement } from 'react'
import { barPanel } from '../../view/panels/bar-panel.ts'
import { readReduction, runReductions } from '../../view/panels/value-source.ts'
import { objectAt, textsAt, withKeys } from '../../view/workspace/json.ts'
import { ownKey, withOwnChoice } from '../../view/workspace/panel-settings.ts'
import { GroupingSettings } from './grouping-settings.tsx'
import type { PanelSettingsProps } from './panel-props.ts'
import { ChoiceSetting, TextSetting } from './text-setting.tsx'

/** Which number of each run a panel shows. */
export function NumberSettings({ config, metrics, onChange }: PanelSettingsProps): ReactElement {
  return (
    <>
      <TextSetting
        help="A metric, summary.name, or config.name."
        label="Value"
        onChange={(name) => onChange(withKeys(config, { metrics: name === '' ? [] : [name] }))}
        options={[...metrics.keys()]}
        value={textsAt(config, 'metrics')[0] ?? ''}
      />
      <ChoiceSetting
        label="Of each run"
        onChange={(reduction) =>
          onChange(withOwnChoice(config, { reduction: reduction === 'last' ? undefined : reduction }))
        }
        options={runReductions}
        value={readReduction(objectAt(config, ownKey))}
      />
      <GroupingSettings config={config} onChange={onChange} />
    </>
  )
}

const shapes = [
  { id: 'bar', label: 'Bars' },
  { id: 'box', label: 'Box plots' },
  { id: 'violin', label: 'Violins' },
] as const

/** The same, and how groups are drawn. */
export function BarSettings(props: PanelSettingsProps): ReactElement {
  const { config, onChange } = props
  return (
    <>
      <NumberSettings {...props} />
      <ChoiceSetting
        label="Groups as"
        onChange={(shape) => onChange(withOwnChoice(config, { shape: shape === 'bar' ? undefined : shape }))}
        options={shapes}
        value={barPanel.parse(config).shape}
      />
    </>
  )
}
