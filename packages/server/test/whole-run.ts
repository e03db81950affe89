import { parseJson } from '@lossline/protocol'

const document = `query WholeRun($project: String!, $run: String!) { project(name: $project, entityName: "local") { run(name: $run) {
  name displayName state exitcode notes tags group jobType historyLineCount eventsLineCount logLineCount
  summaryMetrics config history(samples: 1000000)
  files(first: 1000) { edges { node { name md5 sizeBytes } } }
  logLines(first: 10000) { edges { node { number level line timestamp } } }
  outputArtifacts(first: 100) { edges { node {
    digest description metadata state fileCount size versionIndex artifactType { name } artifactSequence { name } aliases { alias }
  } } } } } }`

type Edges<T> = { readonly edges: readonly { readonly node: T }[] }

interface WireRun {
  readonly state: string
  readonly exitcode: number | null
  readonly displayName: string
  readonly eventsLineCount: number
  readonly history: readonly string[]
  readonly summaryMetrics: string
  readonly config: string
  readonly files: Edges<{ readonly name: string; readonly md5: string; readonly sizeBytes: number }>
  readonly logLines: Edges<{ readonly level: string | null; readonly line: string }>
  readonly outputArtifacts: Edges<{
    readonly aliases: readonly { readonly alias: string }[]
    readonly versionIndex: number
    readonly artifactSequence: { readonly name: string }
  }>
}

/**
 * All that a server has of a run (`project/id`), as W&B's client could ask for it, in an order that does not depend on
 * which of several uploads came first.
 */
export async function readWholeRun(url: string, path: string) {
  const [project, run] = path.split('/')
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document, variables: { project, run } }),
  })
  const { data } = (await response.json()) as { data: { project: { run: WireRun } } }
  const { history, summaryMetrics, config, files, logLines, outputArtifacts, ...facts } = data.project.run
  return {
    ...facts,
    rows: history.map((line) => parseJson(line)),
    summary: parseJson(summaryMetrics),
    config: parseJson(config),
    files: files.edges.map(({ node }) => node).sort((a, b) => a.name.localeCompare(b.name)),
    lines: logLines.edges.map(({ node }) => node),
    artifacts: outputArtifacts.edges
      .map(({ node }) => ({ ...node, aliases: node.aliases.map(({ alias }) => alias).sort() }))
      .sort(
        (a, b) => a.artifactSequence.name.localeCompare(b.artifactSequence.name) || a.versionIndex - b.versionIndex,
      ),
  }
}
