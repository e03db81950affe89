import { useCallback, useEffect, useRef, useState } from 'react'
import type { PanelProps } from '../../components/panels/panel-props.ts'
import { type TableConfig, withTableChoice } from '../../view/panels/table-panel.ts'
import type { TableState } from '../../view/tables/table-state.ts'
import { useSettled } from '../use-settled.ts'

/** How a table panel is looked at, and what keeps it in the view. */
export interface TableChoices extends Pick<TableConfig, 'runId' | 'mode' | 'joinColumn'> {
  readonly view: TableState
  readonly choose: (choice: Partial<Pick<TableConfig, 'runId' | 'mode' | 'joinColumn'>>) => void
  readonly change: (patch: Partial<TableState>) => void
}

type Kept = Pick<TableConfig, 'runId' | 'mode' | 'joinColumn' | 'view'>

/** Typing is kept once it has come to rest: each time is a step that can be undone. */
const settleMs = 600

/** What a panel was given, with what was changed since then, which the view gets a moment later. The open row is not kept. */
export function useTableConfig({ config, panel, context }: PanelProps<TableConfig>): TableChoices {
  const { runId, mode, joinColumn, view } = config
  const [kept, setKept] = useState<Kept>({ runId, mode, joinColumn, view })
  const given = JSON.stringify(toKept({ runId, mode, joinColumn, view }))
  const written = useRef(given)
  useEffect(() => {
    if (given === written.current) return
    // Somebody else has changed it: undo, another tab, the settings.
    written.current = given
    const [nextRunId, nextMode, nextColumn, nextView] = JSON.parse(given) as [
      string | null,
      Kept['mode'],
      string | null,
      TableState,
    ]
    setKept({ runId: nextRunId ?? undefined, mode: nextMode, joinColumn: nextColumn ?? undefined, view: nextView })
  }, [given])
  const latest = useRef({ panel, context, kept })
  latest.current = { panel, context, kept }
  const write = useCallback(() => {
    const now = latest.current
    const text = JSON.stringify(toKept({ ...now.kept, view: { ...now.kept.view, row: undefined } }))
    if (text === written.current) return
    written.current = text
    now.context.changePanel?.(now.panel.id, (json) => withTableChoice(json, now.kept))
  }, [])
  const typed = `${kept.view.filter}\n${kept.view.search}`
  const isTyping = useSettled(typed, settleMs) !== typed
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change is looked at.
  useEffect(() => {
    // What is chosen is kept at once.
    if (!isTyping) write()
  }, [kept, isTyping, write])
  // Also what was typed last, when the panel goes.
  useEffect(() => write, [write])
  return {
    ...kept,
    choose: (choice) => setKept((before) => ({ ...before, ...choice })),
    change: (patch) => setKept((before) => ({ ...before, view: { ...before.view, ...patch } })),
  }
}

/** In one order, so that texts can be compared. */
function toKept({ runId, mode, joinColumn, view }: Kept): readonly unknown[] {
  return [runId, mode, joinColumn, view]
}
