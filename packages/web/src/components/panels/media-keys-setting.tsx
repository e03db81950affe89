import type { ReactElement } from 'react'
import { textsAt, withKeys } from '../../view/workspace/json.ts'
import type { PanelSettingsProps } from './panel-props.ts'
import { KeysSetting } from './text-setting.tsx'

/** The keys of the media or histograms that a panel shows. */
export function MediaKeysSetting({ config, onChange }: Pick<PanelSettingsProps, 'config' | 'onChange'>): ReactElement {
  return (
    <KeysSetting
      help="Separated by commas."
      label="Keys"
      onChange={(mediaKeys) => onChange(withKeys(config, { mediaKeys }))}
      value={textsAt(config, 'mediaKeys')}
    />
  )
}
