import type { ReactElement } from 'react'
import { formatNumber } from '../../view/text/format.ts'
import type { BarChart } from '../../view/vega/custom-chart.ts'

/** A bar for each row: its name, its length from zero, its value. Negative ones reach to the left. */
export function BarList({ chart, label }: { readonly chart: BarChart; readonly label: string }): ReactElement {
  const values = chart.bars.map(({ value }) => value)
  const low = Math.min(0, ...values)
  const high = Math.max(0, ...values)
  const span = high - low || 1
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="h-full overflow-y-auto" tabIndex={0}>
      <table aria-label={label} className="w-full">
        <thead className="sr-only">
          <tr>
            <th>Name</th>
            <th>Bar</th>
            <th>{chart.valueName}</th>
          </tr>
        </thead>
        <tbody>
          {chart.bars.map(({ label: name, value }, index) => (
            // Names may repeat; the order is that of the table.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <tr key={index}>
              <th className="max-w-40 truncate py-0.5 pr-2 text-right font-normal" scope="row" title={name}>
                {name}
              </th>
              <td aria-hidden="true" className="w-full">
                <span
                  className="block h-4 rounded-sm bg-accent"
                  style={{
                    marginLeft: `${((Math.min(0, value) - low) / span) * 100}%`,
                    width: `${(Math.abs(value) / span) * 100}%`,
                  }}
                />
              </td>
              <td className="pl-2 text-right">{formatNumber(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
