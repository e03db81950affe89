import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import { type Loader, logger, parse, View } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { compile } from 'vega-lite'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useTheme } from '../../hooks/use-store.ts'
import type { ChartRow } from '../../view/vega/chart-rows.ts'
import type { FilledSpec } from '../../view/vega/fill-spec.ts'
import { vegaTheme } from '../../view/vega/vega-theme.ts'
import { withRows } from '../../view/vega/with-rows.ts'

/** A value under the pointer, as the chart describes it. */
interface Tip {
  readonly left: number
  readonly top: number
  readonly lines: readonly (readonly [name: string, value: string])[]
}

/**
 * A Vega or Vega-Lite chart. Expressions are interpreted, never compiled to code; nothing is loaded, and no mark leads anywhere.
 */
export function VegaPlot(props: {
  readonly filled: Extract<FilledSpec, { kind: 'spec' }>
  readonly rows: readonly ChartRow[]
  readonly label: string
}): ReactElement {
  const { filled, rows, label } = props
  const frame = useRef<HTMLDivElement>(null)
  const host = useRef<HTMLDivElement>(null)
  const shown = useRef<View>(undefined)
  const { width, height } = useElementSize(frame)
  const theme = useTheme()
  const [problem, setProblem] = useState<string>()
  const [tip, setTip] = useState<Tip>()
  const isSized = width > 0 && height > 0
  const size = useRef({ width, height })
  size.current = { width, height }
  const made = useMemo(() => withRows(filled.language, filled.spec, rows), [filled, rows])

  useEffect(() => {
    const element = host.current
    if (!element || !isSized) return
    let view: View | undefined
    let isOver = false
    const fail = (error: unknown): void => {
      if (!isOver) setProblem(error instanceof Error ? error.message : String(error))
    }
    try {
      view = createView(made.spec, filled.language, theme, element)
      if (made.isFitting) view.width(size.current.width).height(size.current.height)
      view.tooltip((_, event, item, value) => {
        const box = frame.current?.getBoundingClientRect()
        const isShown = value !== undefined && value !== null && value !== '' && item !== null && box !== undefined
        setTip(
          isShown ? { left: event.clientX - box.left, top: event.clientY - box.top, lines: toLines(value) } : undefined,
        )
      })
      shown.current = view
      view.runAsync().then(() => setProblem(undefined), fail)
    } catch (error) {
      fail(error)
    }
    return () => {
      isOver = true
      shown.current = undefined
      view?.finalize()
      element.replaceChildren()
    }
  }, [made, filled.language, theme, isSized])

  useEffect(() => {
    if (made.isFitting && isSized) void shown.current?.width(width).height(height).runAsync()
  }, [made.isFitting, isSized, width, height])

  return (
    <div className="relative h-full min-h-0 w-full overflow-auto" ref={frame}>
      <div aria-label={label} className="absolute inset-0" role="img">
        {/* Vega names its element itself, as another kind of thing, and asks it for its size. */}
        <div aria-hidden="true" className="h-full w-full" ref={host} />
      </div>
      {problem !== undefined && (
        <p
          className="absolute inset-0 flex items-center justify-center bg-panel p-4 text-center text-muted"
          role="alert"
        >
          The spec cannot be drawn: {problem}
        </p>
      )}
      {tip && problem === undefined && (
        <dl
          className="pointer-events-none absolute z-10 grid max-w-64 grid-cols-[auto_1fr] gap-x-2 rounded-md bg-raised px-2 py-1 text-sm shadow-pop"
          style={{
            ...(tip.left > width / 2 ? { right: width - tip.left + 12 } : { left: tip.left + 12 }),
            ...(tip.top > height / 2 ? { bottom: height - tip.top + 12 } : { top: tip.top + 12 }),
          }}
        >
          {tip.lines.map(([name, value]) => (
            <div className="contents" key={name}>
              <dt className="truncate text-muted">{name}</dt>
              <dd className="truncate">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

const tipLineCountMax = 12

function createView(spec: object, language: 'vega' | 'vega-lite', theme: 'light' | 'dark', container: Element): View {
  const style = getComputedStyle(document.documentElement)
  const config = vegaTheme(theme, (name) => style.getPropertyValue(name).trim())
  // Whatever the JSON is, both parsers check it and say what is wrong.
  const compiled = language === 'vega-lite' ? compile(spec as never, { config, logger: silent() }).spec : spec
  const runtime = parse(compiled as never, language === 'vega' ? (config as never) : undefined, { ast: true })
  return new View(runtime, {
    expr: expressionInterpreter,
    loader: noLoader,
    logger: silent(),
    renderer: 'canvas',
    container,
    hover: true,
  })
}

function silent() {
  return logger(0)
}

/** Charts draw what runs have logged. */
const refuse = (): Promise<never> => Promise.reject(new Error('Charts here load nothing.'))
const noLoader: Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse }

function toLines(value: unknown): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [['', String(value)]]
  return Object.entries(value)
    .slice(0, tipLineCountMax)
    .map(([name, of]) => [name, typeof of === 'object' ? JSON.stringify(of) : String(of)])
}
