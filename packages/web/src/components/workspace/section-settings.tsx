import type { ReactElement } from 'react'
import { changeSection, type SectionChanges } from '../../view/workspace/edit-sections.ts'
import { cascade } from '../../view/workspace/panel-settings.ts'
import type { ShownSection } from '../../view/workspace/show-workspace.ts'
import { ScopeSettings } from './scope-settings.tsx'
import { SettingRow } from './setting-row.tsx'
import type { SettingsContext } from './settings-drawer.tsx'

const heightDefault = 252

/** Layout of a section, and what holds for all its panels. */
export function SectionSettings(props: {
  readonly section: ShownSection
  readonly context: SettingsContext
}): ReactElement {
  const { section, context } = props
  const change = (label: string, changes: SectionChanges): void =>
    context.edits.edit(label, (arranged) => changeSection(arranged, section.name, changes))
  const { columns, panelHeight } = section
  return (
    <>
      <SettingRow
        inheritedFrom={columns === undefined ? 'width of the page' : undefined}
        label="Columns"
        onReset={() => change('Columns', { columns: undefined })}
      >
        <select
          aria-label="Columns"
          className="control"
          onChange={({ target }) => change('Columns', { columns: Number(target.value) || undefined })}
          value={columns ?? ''}
        >
          <option value="">As many as fit</option>
          {[1, 2, 3, 4, 5, 6].map((count) => (
            <option key={count} value={count}>
              {count}
            </option>
          ))}
        </select>
      </SettingRow>
      <SettingRow
        inheritedFrom={panelHeight === undefined ? 'page' : undefined}
        label="Panel height"
        onReset={() => change('Panel height', { panelHeight: undefined })}
      >
        <div className="flex items-center gap-2">
          <input
            aria-label="Panel height in pixels"
            className="min-w-0 flex-1 accent-accent"
            max={800}
            min={160}
            onChange={({ target }) => change('Panel height', { panelHeight: Number(target.value) })}
            step={20}
            type="range"
            value={panelHeight ?? heightDefault}
          />
          <span className="w-14 text-right text-muted">{panelHeight ?? heightDefault} px</span>
        </div>
      </SettingRow>
      <ScopeSettings
        above={undefined}
        effective={cascade(context.view, section.settings, {})}
        onChange={(settings) => change('Section settings', { settings })}
        address={context.address}
        runs={context.runs}
        settings={section.settings}
        xKeys={context.xKeys}
      />
    </>
  )
}
