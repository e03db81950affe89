import type { ReactElement } from 'react'
import { textAt, withKeys } from '../../view/workspace/json.ts'
import type { PanelSettingsProps } from './panel-props.ts'
import { TextSetting } from './text-setting.tsx'

/** The text of a Markdown panel. */
export function MarkdownSettings({ config, onChange }: PanelSettingsProps): ReactElement {
  return (
    <TextSetting
      help="Markdown. ${summary.loss}, ${config.lr} and ${run.name} stand for values of the first visible run."
      isLong={true}
      label="Text"
      onChange={(value) => onChange(withKeys(config, { value }))}
      value={textAt(config, 'value') ?? ''}
    />
  )
}
