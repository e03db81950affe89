import type { GroupBand, GroupStatistic } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { readGrouping, withGrouping } from '../../view/panels/grouping.ts'
import type { JsonObject } from '../../view/workspace/json.ts'
import { ChoiceSetting } from './text-setting.tsx'

const statistics: readonly { readonly id: GroupStatistic; readonly label: string }[] = [
  { id: 'mean', label: 'Mean' },
  { id: 'median', label: 'Median' },
  { id: 'min', label: 'Minimum' },
  { id: 'max', label: 'Maximum' },
  { id: 'sum', label: 'Sum' },
]
const bands: readonly { readonly id: GroupBand; readonly label: string }[] = [
  { id: 'min-max', label: 'Minimum to maximum' },
  { id: 'sd', label: 'Standard deviation' },
  { id: 'standard-error', label: 'Standard error' },
  { id: 'confidence-95', label: '95 % confidence' },
  { id: 'none', label: 'None' },
]

/** What stands for a group of runs. */
export function GroupingSettings(props: {
  readonly config: JsonObject
  readonly onChange: (config: JsonObject) => void
}): ReactElement {
  const { config, onChange } = props
  const grouping = readGrouping(config)
  return (
    <>
      <ChoiceSetting
        label="Group value"
        onChange={(statistic) => onChange(withGrouping(config, { ...grouping, statistic }))}
        options={statistics}
        value={grouping.statistic}
      />
      <ChoiceSetting
        label="Group range"
        onChange={(band) => onChange(withGrouping(config, { ...grouping, band }))}
        options={bands}
        value={grouping.band}
      />
    </>
  )
}
