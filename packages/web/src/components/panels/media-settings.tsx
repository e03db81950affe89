import type { ReactElement } from 'react'
import { type MediaAxis, mediaAxes } from '../../view/media/media-grid.ts'
import { mediaHeights, mediaPanel, withGrid } from '../../view/panels/media-panel.ts'
import { withKeys, withObject } from '../../view/workspace/json.ts'
import { ownKey, withOwnChoice } from '../../view/workspace/panel-settings.ts'
import { MediaKeysSetting } from './media-keys-setting.tsx'
import type { PanelSettingsProps } from './panel-props.ts'
import { ChoiceSetting } from './text-setting.tsx'

/** Which media a panel shows, and how they are laid out. */
export function MediaSettings({ config, onChange }: PanelSettingsProps): ReactElement {
  const { fit, grid, isAtOneStep } = mediaPanel.parse(config)
  const setAxis = (columns: MediaAxis, rows: MediaAxis): void => onChange(withGrid(config, { columns, rows }))
  return (
    <>
      <MediaKeysSetting config={config} onChange={onChange} />
      <ChoiceSetting
        label="Layout"
        onChange={(choice) =>
          onChange(withGrid(config, choice === 'grid' ? { columns: 'step', rows: 'run' } : undefined))
        }
        options={[
          { id: 'runs', label: 'A card for each run' },
          { id: 'grid', label: 'Rows and columns' },
        ]}
        value={grid ? 'grid' : 'runs'}
      />
      {grid && (
        <>
          <ChoiceSetting
            label="Columns"
            onChange={(columns) => setAxis(columns, columns === grid.rows ? grid.columns : grid.rows)}
            options={mediaAxes}
            value={grid.columns}
          />
          <ChoiceSetting
            label="Rows"
            onChange={(rows) => setAxis(rows === grid.columns ? grid.rows : grid.columns, rows)}
            options={mediaAxes}
            value={grid.rows}
          />
        </>
      )}
      <ChoiceSetting
        label="Pictures"
        onChange={(choice) => onChange(withKeys(config, { actualSize: choice === 'exact' ? true : undefined }))}
        options={[
          { id: 'fit', label: 'Of one height' },
          { id: 'exact', label: 'Pixel by pixel' },
        ]}
        value={fit === 'exact' ? 'exact' : 'fit'}
      />
      {fit !== 'exact' && (
        <label className="mb-3 flex flex-col gap-1">
          <span className="font-medium">Height of pictures</span>
          <span className="flex items-center gap-2">
            <input
              className="min-w-0 flex-1 accent-accent"
              max={mediaHeights.most}
              min={mediaHeights.least}
              onChange={({ target }) =>
                onChange(withObject(config, ownKey, (own) => withKeys(own, { pictureHeight: Number(target.value) })))
              }
              step={8}
              type="range"
              value={fit}
            />
            <span className="w-16 text-right text-muted">{fit} pixels</span>
          </span>
        </label>
      )}
      <ChoiceSetting
        label="Histograms"
        onChange={(choice) => onChange(withOwnChoice(config, { histograms: choice === 'steps' ? undefined : choice }))}
        options={[
          { id: 'steps', label: 'Over all steps' },
          { id: 'step', label: 'At the step of the page' },
        ]}
        value={isAtOneStep ? 'step' : 'steps'}
      />
    </>
  )
}
