import { type ReactElement, useEffect, useId, useState } from 'react'
import { customChartPanel, withChartQuery, withSpec } from '../../view/panels/custom-chart-panel.ts'
import { findPreset } from '../../view/vega/custom-chart-presets.ts'
import { fillSpec, placeholdersOf } from '../../view/vega/fill-spec.ts'
import { type JsonObject, objectAt, withKeys } from '../../view/workspace/json.ts'
import type { PanelSettingsProps } from './panel-props.ts'
import { KeysSetting, TextSetting } from './text-setting.tsx'

/** What a custom chart draws, and of what. */
export function CustomChartSettings({ config, onChange }: PanelSettingsProps): ReactElement {
  const { query, specText, definitionId, fields, texts } = customChartPanel.parse(config)
  const isPreset = specText === undefined && findPreset(definitionId ?? '') !== undefined
  const placeholders = placeholdersOf(specText ?? '')
  const fieldNames = isPreset ? Object.keys(fields) : placeholders.fields
  const textNames = isPreset ? [] : placeholders.texts
  const set = (part: 'fieldSettings' | 'stringSettings', name: string, value: string): void =>
    onChange(
      withKeys(config, { [part]: withKeys(objectAt(config, part) as JsonObject, { [name]: value || undefined }) }),
    )
  return (
    <>
      <KeysSetting
        help="Its newest version of each run."
        label="Table"
        onChange={([table]) => onChange(withChartQuery(config, { ...query, table }))}
        value={query.table === undefined ? [] : [query.table]}
      />
      {!isPreset &&
        (['history', 'summary', 'config'] as const).map((part) => (
          <KeysSetting
            help={partHelps[part]}
            key={part}
            label={partLabels[part]}
            onChange={(keys) => onChange(withChartQuery(config, { ...query, [part]: keys }))}
            value={query[part]}
          />
        ))}
      {fieldNames.map((name) => (
        <TextSetting
          key={name}
          label={`Field ${name}`}
          onChange={(to) => set('fieldSettings', name, to)}
          value={fields[name] ?? ''}
        />
      ))}
      {textNames.map((name) => (
        <TextSetting
          key={name}
          label={`Text ${name}`}
          onChange={(to) => set('stringSettings', name, to)}
          value={texts[name] ?? ''}
        />
      ))}
      {specText === undefined ? (
        <p className="mb-3 text-muted">Drawn as {definitionId ?? 'nothing yet'}.</p>
      ) : (
        <SpecEditor onChange={(text) => onChange(withSpec(config, text))} value={specText} />
      )}
    </>
  )
}

const partLabels = { history: 'History keys', summary: 'Summary keys', config: 'Config keys' } as const
const partHelps = {
  history: 'Separated by commas. A row for each step that has all of them.',
  summary: 'They stand in every row of a run.',
  config: 'They stand in every row of a run.',
} as const

/** Taken over when the field is left, as long as the text is a spec. */
function SpecEditor(props: { readonly value: string; readonly onChange: (text: string) => void }): ReactElement {
  const [draft, setDraft] = useState(props.value)
  const helpId = useId()
  useEffect(() => setDraft(props.value), [props.value])
  const checked = fillSpec(draft, { fields: {}, texts: {} })
  return (
    <label className="mb-3 flex flex-col gap-1">
      <span className="font-medium">Spec</span>
      <textarea
        aria-describedby={helpId}
        aria-invalid={checked.kind === 'problem'}
        className="control min-h-64 py-1.5 font-mono text-xs"
        onBlur={() => checked.kind === 'spec' && draft !== props.value && props.onChange(draft)}
        onChange={({ target }) => setDraft(target.value)}
        spellCheck={false}
        value={draft}
      />
      <span className={checked.kind === 'problem' ? 'text-bad text-sm' : 'text-muted text-sm'} id={helpId}>
        {checked.kind === 'problem'
          ? checked.message
          : 'Vega-Lite or Vega. The rows are the data set “wandb”; name, id and color of the run are in each. Drawn when you leave the field.'}
      </span>
    </label>
  )
}
