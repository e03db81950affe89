import { type ReactElement, useMemo } from 'react'
import { useRunValues } from '../../hooks/runs/use-run-numbers.ts'
import { fillText, keysInText, type MarkdownConfig } from '../../view/panels/markdown-panel.ts'
import { Markdown } from '../controls/markdown.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage } from './panel-message.tsx'
import type { PanelProps } from './panel-props.ts'

/** A text, with values of the first visible run in the places for them. */
export function MarkdownPanel({ config, panel, context, menu }: PanelProps<MarkdownConfig>): ReactElement {
  const { text } = config
  const first = useMemo(() => context.runs.slice(0, 1), [context.runs])
  const keys = useMemo(() => keysInText(text), [text])
  const { values } = useRunValues(context.address, first, keys)
  const [run] = first
  const own = run && values.get(run.runId)
  const filled = useMemo(() => {
    const byKey = new Map(
      keys.flatMap((key, index) => (own?.[index] === undefined ? [] : [[key, own[index]] as const])),
    )
    return fillText(text, run, byKey)
  }, [text, run, own, keys])
  return (
    <PanelFrame menu={menu} summary="A text." title={panel.title}>
      {text.trim() === '' ? (
        <PanelMessage>This panel has no text yet. Edit it in its settings.</PanelMessage>
      ) : (
        <div className="px-3 pb-3">
          <Markdown headingLevel={3} text={filled} />
        </div>
      )}
    </PanelFrame>
  )
}
