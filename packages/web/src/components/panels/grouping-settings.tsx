import type { GroupStatistic } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { type LineBand, readGrouping, readLineGrouping, withGrouping } from '../../view/panels/grouping.ts'
import type { JsonObject } from '../../view/workspace/json.ts'
import { ChoiceSetting } from './text-setting.tsx'

const statistics: readonly { readonly id: GroupStatistic; readonly label: string }[] = [
  { id: 'mean', label: 'Mean' },
  { id: 'median', label: 'Median' },
  { id: 'min', label: 'Minimum' },
  { id: 'max', label: 'Maximum' },
  { id: 'sum', label: 'Sum' },
]
const bands: readonly { readonly id: LineBand; readonly label: string }[] = [
  { id: 'min-max', label: 'Minimum to maximum' },
  { id: 'quartiles', label: 'Quartiles: the middle half of the runs' },
  { id: 'sd', label: 'Standard deviation' },
  { id: 'standard-error', label: 'Standard error' },
  { id: 'confidence-95', label: '95 % confidence' },
  { id: 'none', label: 'None' },
]
const lineBands = [...bands, { id: 'members', label: 'Every run as a thin line' }] as const

/** What stands for a group of runs. */
export function GroupingSettings(props: {
  readonly config: JsonObject
  /** Of a chart of lines, whose groups may have the lines of their runs around them. */
  readonly hasLines?: boolean
  readonly onChange: (config: JsonObject) => void
}): ReactElement {
  const { config, onChange, hasLines = false } = props
  const grouping = hasLines ? readLineGrouping(config) : readGrouping(config)
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
        options={hasLines ? lineBands : bands}
        value={grouping.band}
      />
    </>
  )
}
