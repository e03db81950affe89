import type { TableColumnInfo } from '@lossline/protocol'
import { Sigma, X } from 'lucide-react'
import { type FormEvent, type ReactElement, useState } from 'react'
import { formulaProblem } from '../../view/tables/formula-problem.ts'
import { removeFormula, type TableState } from '../../view/tables/table-state.ts'
import { PopoverButton } from '../controls/popover-button.tsx'

/** Columns that are worked out from others: those there are, and a form for another one. */
export function TableFormulas(props: {
  readonly columns: readonly TableColumnInfo[]
  readonly state: TableState
  readonly onChange: (patch: Partial<TableState>) => void
}): ReactElement {
  const { columns, state, onChange } = props
  const { computed } = state
  const remove = (name: string): void => onChange(removeFormula(state, name))
  return (
    <PopoverButton
      className="icon-button"
      face={<Sigma size={15} />}
      label="Computed columns"
      panelClassName="w-80 p-3"
    >
      {() => (
        <>
          <ul>
            {computed.map(({ name, expression }) => (
              <li className="flex items-center gap-2" key={name}>
                <span className="min-w-0 flex-1 truncate" title={`${name} = ${expression}`}>
                  {name} = <span className="font-mono text-sm">{expression}</span>
                </span>
                <button
                  aria-label={`Remove ${name}`}
                  className="icon-button"
                  onClick={() => remove(name)}
                  type="button"
                >
                  <X size={14} />
                </button>
              </li>
            ))}
          </ul>
          <FormulaForm
            columns={columns}
            onAdd={(formula) => onChange({ computed: [...computed, formula], row: undefined })}
          />
        </>
      )}
    </PopoverButton>
  )
}

function FormulaForm(props: {
  readonly columns: readonly TableColumnInfo[]
  readonly onAdd: (formula: { readonly name: string; readonly expression: string }) => void
}): ReactElement {
  const { columns } = props
  const [name, setName] = useState('')
  const [expression, setExpression] = useState('')
  const names = columns.map((column) => column.name)
  const problem = expression.trim() === '' ? undefined : formulaProblem(expression, names)
  const title = name.trim() || expression.trim()
  const isTaken = names.includes(title)
  const isReady = expression.trim() !== '' && problem === undefined && !isTaken
  const add = (event: FormEvent): void => {
    event.preventDefault()
    if (!isReady) return
    props.onAdd({ name: title, expression: expression.trim() })
    setName('')
    setExpression('')
  }
  return (
    <form className="flex flex-col gap-2" onSubmit={add}>
      <label className="flex flex-col gap-1 text-sm">
        Formula
        <input
          aria-invalid={problem !== undefined}
          className="control font-mono"
          onChange={({ target }) => setExpression(target.value)}
          placeholder="abs(score - ${other score})"
          spellCheck={false}
          type="text"
          value={expression}
        />
      </label>
      <label className="flex flex-col gap-1 text-sm">
        Name
        <input
          className="control"
          onChange={({ target }) => setName(target.value)}
          placeholder="The formula itself"
          type="text"
          value={name}
        />
      </label>
      {(problem !== undefined || isTaken) && (
        <p className="text-bad text-sm" role="alert">
          {problem ?? `There is a column “${title}” already.`}
        </p>
      )}
      <button className="button self-start" disabled={!isReady} type="submit">
        Add column
      </button>
    </form>
  )
}
