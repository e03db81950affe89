import { useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useMemo } from 'react'
import { metricsQuery } from '../src/api/queries.ts'
import type { PanelContext } from '../src/components/panels/panel-props.ts'
import { WorkspacePanel } from '../src/components/panels/workspace-panel.tsx'
import { ThemeChoices } from '../src/components/shell/theme-choices.tsx'
import { PanelBoundary } from '../src/components/workspace/panel-boundary.tsx'
import { useRuns } from '../src/hooks/runs/use-runs.ts'
import { useView } from '../src/hooks/workspace/use-view.ts'
import { panelKinds } from '../src/view/panels/registry.ts'
import { parseRunSelection } from '../src/view/runs/run-selection.ts'
import { byMetricName } from '../src/view/workspace/automatic-panels.ts'
import { toSections } from '../src/view/workspace/sections.ts'
import type { ShownPanel } from '../src/view/workspace/show-workspace.ts'
import { type PanelExample, panelExamples } from './panel-examples.ts'
import { type PanelState, panelStates } from './panel-states.ts'

const allRuns = parseRunSelection('all')
const wholeList = {}
const nothing = (): void => {}

/** Every kind of panels in every state, for whoever works on one and for the test that looks at all of them. */
export function GalleryPage(): ReactElement {
  return (
    <main className="h-full overflow-y-auto p-4">
      <header className="flex flex-wrap items-start justify-between gap-2">
        <h1 className="font-semibold text-xl">Gallery of panels</h1>
        <ThemeChoices />
      </header>
      {panelKinds.map(({ kind, title }) => (
        <Group key={kind} title={title}>
          {examplesOf(kind).map(({ state, panel, note }) => (
            <Framed key={panel.title} kind={kind} note={note} state={state.name}>
              <StatePanel panel={{ ...panel, title: `${title}: ${panel.title}` }} state={state} />
            </Framed>
          ))}
        </Group>
      ))}
      <Group title="What cannot be drawn">
        <Framed kind="broken" note="a panel that throws" state="usual">
          <PanelBoundary>
            <Broken />
          </PanelBoundary>
        </Framed>
        <Framed kind="unknown" note="of a kind that a later version may know" state="usual">
          <StatePanel panel={toPanel('Some Later Kind', { title: 'Unknown kind', config: {} })} state={usual} />
        </Framed>
        <Framed kind="unreadable" note="what no parser understands" state="usual">
          <StatePanel panel={{ ...toPanel('', { title: 'Unreadable', config: {} }), problem }} state={usual} />
        </Framed>
      </Group>
    </main>
  )
}

const usual = panelStates.find(({ name }) => name === 'usual')!
const problem = 'Its config is no object.'

/** The first example in every state, then the others. */
function examplesOf(kind: string): readonly { state: PanelState; panel: ShownPanel; note: string }[] {
  const [first, ...more] = panelExamples.get(kind) ?? []
  if (!first) return []
  return [
    ...panelStates.map((state) => ({
      state,
      panel: toPanel(kind, { ...first, title: state.name }),
      note: state.meaning,
    })),
    ...more.map((example) => ({ state: usual, panel: toPanel(kind, example), note: usual.meaning })),
  ]
}

function toPanel(kind: string, { title, config }: PanelExample): ShownPanel {
  return { id: `${kind} ${title}`, kind, config, title, isAutomatic: false, problem: undefined }
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section aria-label={title}>
      <h2 className="mt-6 mb-2 font-semibold text-lg">{title}</h2>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(340px,100%),1fr))] gap-3">{children}</div>
    </section>
  )
}

/** A place of the size that workspaces give to panels; the test finds it by what it holds. */
function Framed(props: {
  readonly kind: string
  readonly state: string
  readonly note: string
  readonly children: ReactNode
}): ReactElement {
  return (
    <figure data-kind={props.kind} data-state={props.state}>
      <div className="h-66">{props.children}</div>
      <figcaption className="mt-1 truncate text-muted text-sm">{props.note}</figcaption>
    </figure>
  )
}

function StatePanel({ panel, state }: { readonly panel: ShownPanel; readonly state: PanelState }): ReactElement {
  return <WorkspacePanel context={useStateContext(state)} menu={null} panel={panel} section={{}} />
}

function useStateContext({ project, askedProject = project }: PanelState): PanelContext {
  const source = useMemo(() => ({ entity: 'local', project }), [project])
  const address = useMemo(() => ({ entity: 'local', project: askedProject }), [askedProject])
  const { visibleRuns: runs } = useRuns(source, wholeList, allRuns)
  const { data } = useQuery(metricsQuery(source))
  const [view, store] = useView()
  const metrics = useMemo(() => byMetricName(toSections(data?.metrics ?? []).flatMap(({ panels }) => panels)), [data])
  return { address, runs, metrics, view, store, hasLegend: true, onOnlyRun: nothing }
}

function Broken(): never {
  throw new Error('Broken on purpose.')
}
