import type { SweepAgentInfo, SweepDetail } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { sweepAgentsQuery } from '../../api/sweep-queries.ts'
import { useSnippetKey } from '../../hooks/shell/use-snippet-key.ts'
import { useJoinLanguage } from '../../hooks/sweeps/use-join-language.ts'
import { useHeld } from '../../hooks/use-pointer-hold.ts'
import { useNow } from '../../hooks/use-store.ts'
import { agentCommand, isSilent, presentFirst } from '../../view/sweeps/sweep-words.ts'
import { formatAgo, formatCount, formatDateTime } from '../../view/text/format.ts'
import { CodeBlock } from '../first-run/code-block.tsx'
import { GuideLink } from '../guide/guide-link.tsx'
import { JoinSweep } from './join-sweep.tsx'
import { LanguageChoice } from './language-choice.tsx'

/** Programs that ask a sweep for runs, and how to start another one. */
export function SweepAgents(props: {
  readonly address: ProjectAddress
  readonly sweep: SweepDetail
  /** What is under the pointer stays where it is. */
  readonly isHeld: boolean
}): ReactElement {
  const { address, sweep } = props
  const agents = useHeld(useQuery(sweepAgentsQuery(address, sweep.name)).data?.agents, props.isHeld)
  const { apiKey, make, isMade } = useSnippetKey(`agents of ${sweep.title}`)
  const [language, chooseLanguage] = useJoinLanguage(sweep.config)
  const nowMs = useNow(serverNowMs)
  const hasEnded = sweep.state === 'finished' || sweep.state === 'canceled'
  return (
    <section aria-label="Agents" className="rounded-lg border border-line bg-panel p-3">
      <h2 className="font-semibold">Agents</h2>
      {hasEnded ? (
        <p className="my-1 text-muted">The sweep has ended: an agent that asks for a run is told to leave.</p>
      ) : (
        agents && (
          <>
            <p className="my-1">
              {agents.length === 0 ? 'No agent yet. Run this' : 'For one more, run this'} on any machine that can reach
              this server:
            </p>
            <LanguageChoice language={language} onLanguage={chooseLanguage} />
            <div className="-mx-3">
              <CodeBlock
                label="Copy the agent’s command"
                text={agentCommand({ language, serverUrl: location.origin, apiKey, ...address, sweep: sweep.name })}
              />
            </div>
            <div className="mb-1 text-muted text-sm">
              Functions, several at a time, GPUs: <GuideLink to="sweeps">agents of sweeps</GuideLink>
            </div>
            {make !== undefined && !isMade && (
              <p className="mb-1">
                <button className="button" onClick={make} type="button">
                  Make a key and fill it in
                </button>
              </p>
            )}
          </>
        )
      )}
      {agents && agents.length > 0 && (
        <ul aria-label="Agents seen" className="mt-2 divide-y divide-line border-line border-t">
          {presentFirst(agents, nowMs).map((agent) => (
            <AgentItem address={address} agent={agent} key={agent.name} nowMs={nowMs} />
          ))}
        </ul>
      )}
      <JoinSweep address={address} apiKey={apiKey} language={language} sweep={sweep} />
    </section>
  )
}

function AgentItem(props: {
  readonly address: ProjectAddress
  readonly agent: SweepAgentInfo
  readonly nowMs: number
}): ReactElement {
  const { address, agent, nowMs } = props
  const isGone = isSilent(agent.heartbeatAtMs, nowMs)
  return (
    <li className="flex flex-wrap items-center gap-x-3 py-1.5">
      <span className={`inline-flex items-center gap-1.5 break-all ${isGone ? 'text-muted' : ''}`}>
        {!isGone && <span aria-hidden="true" className="size-2 shrink-0 rounded-full bg-live" />}
        {agent.host || agent.name}
      </span>
      <span className="text-muted text-sm" title={formatDateTime(agent.heartbeatAtMs)}>
        last seen {formatAgo(agent.heartbeatAtMs, nowMs)}
      </span>
      <span className="text-muted text-sm">{formatCount(agent.runCount, 'run')}</span>
      <span className="basis-full text-sm">
        {agent.current.length === 0 && <span className="text-muted">{isGone ? 'No run' : 'Waits for a run'}</span>}
        {agent.current.map(({ runId, displayName }) =>
          displayName === null ? (
            <span className="mr-2 text-muted" key={runId}>
              {runId}, not begun
            </span>
          ) : (
            <Link
              className="link-text mr-2"
              key={runId}
              params={{ ...address, runId }}
              to="/$entity/$project/runs/$runId"
            >
              {displayName}
            </Link>
          ),
        )}
      </span>
    </li>
  )
}
