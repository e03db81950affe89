import type { ReactElement } from 'react'
import { withOwnChoice } from '../../view/panels/bar-panel.ts'
import { mediaPanel } from '../../view/panels/media-panel.ts'
import { textsAt, withKeys } from '../../view/workspace/json.ts'
import type { PanelSettingsProps } from './panel-props.ts'
import { ChoiceSetting, TextSetting } from './text-setting.tsx'

/** Which media a panel shows. */
export function MediaSettings({ config, onChange }: PanelSettingsProps): ReactElement {
  return (
    <>
      <TextSetting
        help="Separated by commas."
        label="Keys"
        onChange={(text) =>
          onChange(withKeys(config, { mediaKeys: text.split(',').flatMap((key) => key.trim() || []) }))
        }
        value={textsAt(config, 'mediaKeys').join(', ')}
      />
      <ChoiceSetting
        label="Histograms"
        onChange={(choice) => onChange(withOwnChoice(config, { histograms: choice === 'steps' ? undefined : choice }))}
        options={[
          { id: 'steps', label: 'Over all steps' },
          { id: 'step', label: 'At the step of the page' },
        ]}
        value={mediaPanel.parse(config).isAtOneStep ? 'step' : 'steps'}
      />
    </>
  )
}
