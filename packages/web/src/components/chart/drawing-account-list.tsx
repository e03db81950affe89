import type { ReactElement } from 'react'
import { accountForDrawing, type DrawingFacts } from '../../chart/drawing-account.ts'

/** How a chart was made, step by step. */
export function DrawingAccountList({ facts }: { readonly facts: DrawingFacts }): ReactElement {
  return (
    <dl className="m-0 flex flex-col gap-2 text-sm">
      {accountForDrawing(facts).map(({ name, text }) => (
        <div key={name}>
          <dt className="font-medium">{name}</dt>
          <dd className="m-0 text-muted">{text}</dd>
        </div>
      ))}
    </dl>
  )
}
