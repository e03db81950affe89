import type { ReactElement } from 'react'
import { tablePanel, withTableKey } from '../../view/panels/table-panel.ts'
import type { PanelSettingsProps } from './panel-props.ts'
import { TextSetting } from './text-setting.tsx'

/** Which table a panel shows. */
export function TableSettings({ config, onChange }: PanelSettingsProps): ReactElement {
  return (
    <TextSetting
      label="Table"
      onChange={(key) => onChange(withTableKey(config, key))}
      value={tablePanel.parse(config).key ?? ''}
    />
  )
}
