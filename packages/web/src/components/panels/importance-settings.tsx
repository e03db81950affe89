import type { ReactElement } from 'react'
import { textAt, withKeys } from '../../view/workspace/json.ts'
import type { PanelSettingsProps } from './panel-props.ts'
import { TextSetting } from './text-setting.tsx'

/** Which result is explained. */
export function ImportanceSettings({ config, metrics, onChange }: PanelSettingsProps): ReactElement {
  return (
    <TextSetting
      help="A metric; the value in the summary counts."
      label="Result"
      onChange={(targetKey) => onChange(withKeys(config, { targetKey }))}
      options={[...metrics.keys()]}
      value={textAt(config, 'targetKey') ?? ''}
    />
  )
}
