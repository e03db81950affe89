import type { ReactElement } from 'react'
import { histogramPanel } from '../../view/panels/histogram-panel.ts'
import { withOwnChoice } from '../../view/workspace/panel-settings.ts'
import { MediaKeysSetting } from './media-keys-setting.tsx'
import type { PanelSettingsProps } from './panel-props.ts'
import { ChoiceSetting } from './text-setting.tsx'

/** Which histograms a panel shows, and how. */
export function HistogramSettings({ config, onChange }: PanelSettingsProps): ReactElement {
  const { shape, isOneRun } = histogramPanel.parse(config)
  return (
    <>
      <MediaKeysSetting config={config} onChange={onChange} />
      <ChoiceSetting
        label="Show"
        onChange={(choice) => onChange(withOwnChoice(config, { shape: choice === 'heat' ? undefined : choice }))}
        options={[
          { id: 'heat', label: 'All steps as a heat map' },
          { id: 'ridge', label: 'All steps as ridgelines' },
          { id: 'step', label: 'The step of the page as bars' },
        ]}
        value={shape}
      />
      <ChoiceSetting
        label="Runs"
        onChange={(choice) => onChange(withOwnChoice(config, { runs: choice === 'one' ? choice : undefined }))}
        options={[
          { id: 'each', label: 'Beside each other' },
          { id: 'one', label: 'One at a time' },
        ]}
        value={isOneRun ? 'one' : 'each'}
      />
    </>
  )
}
