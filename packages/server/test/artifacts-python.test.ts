import { readFile } from 'node:fs/promises'
import { fixtureUrl, openTemporaryDirectory } from '@lossline/testing'
import { buildSchema, parse, validate } from 'graphql'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startServer } from '../src/index.ts'
import { schemaText } from '../src/wandb/schema/schema-text.ts'
import { copyGoldenRun } from './golden-run.ts'
import { type Outcome, pythonClient, runPython } from './python.ts'

const groups: readonly (readonly [string, readonly string[]])[] = [
  [
    'are logged, found, downloaded and verified',
    ['files', 'transfers', 'verify_and_empty', 'reuse', 'xxh128', 'wrong_type', 'regions'],
  ],
  [
    'are edited, used, linked, listed and deleted',
    ['edits', 'lifetimes', 'use_and_delete', 'links', 'registries', 'collections'],
  ],
  ['come from models, code, the command line, and three processes at once', ['models', 'command_line', 'race']],
  ['grow, are shared and refer to each other', ['drafts_and_increments', 'distributed', 'references', 'tables']],
]

interface Golden {
  readonly name: string
  readonly runId: string
}

const goldens: readonly Golden[] = [
  { name: 'artifacts', runId: 'artif001' },
  { name: 'table', runId: 'table001' },
]

describe.skipIf('missing' in pythonClient)("artifacts with W&B's own Python client", { timeout: 240_000 }, () => {
  // One process for all of it: most of its time it would otherwise spend starting.
  let outcome: Outcome = { exitCode: null, output: '' }
  beforeAll(async () => {
    await using directory = await openTemporaryDirectory()
    const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
    try {
      outcome = await runPython(server, directory, ['log-artifacts.py', ...groups.flatMap(([, parts]) => parts)])
    } finally {
      await server.close()
    }
  }, 240_000)

  test.each(groups)('%s', (_, parts) => {
    for (const part of parts) expect(outcome.output).toMatch(new RegExp(`^OK ${part}$`, 'm'))
    expect(outcome.exitCode, outcome.output).toBe(0)
  })

  test('its documents fit the schema, but for those about registries', () => {
    const text = /^DOCUMENTS (.*)$/m.exec(outcome.output)?.[1] ?? ''
    const documents = z.record(z.string(), z.string()).parse(JSON.parse(text))
    const schema = buildSchema(schemaText)
    const misfits = Object.entries(documents).filter(([, text]) => validate(schema, parse(text)).length > 0)
    expect(Object.keys(documents).length).toBeGreaterThan(40)
    expect(misfits.map(([name]) => name).filter((name) => !/REGISTR/.test(name))).toEqual([])
  })

  test('its own check of a server finds runs, files, large requests and artifacts as they should be', async () => {
    await using directory = await openTemporaryDirectory()
    const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
    try {
      const { output } = await runPython(server, directory, ['-m', 'wandb', 'verify', '--host', server.url])
      for (const check of [
        'Checking if logged in',
        'Checking signed URL upload',
        'Checking ability to send large payloads through proxy',
        'Checking logged metrics, saving and downloading a file',
        'Checking artifact save and download workflows',
      ]) {
        expect(output).toMatch(new RegExp(`${check}\\.+\u2705`))
      }
    } finally {
      await server.close()
    }
  })

  test('golden runs are synced', async () => {
    await using directory = await openTemporaryDirectory()
    const runs = await Promise.all(goldens.map(({ name }) => copyGoldenRun(directory, name)))
    const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
    try {
      const { exitCode, output } = await runPython(server, directory, ['-m', 'wandb', 'sync', ...runs])
      expect(exitCode, output).toBe(0)
      for (const golden of goldens) await expectGolden(server.url, golden)
    } finally {
      await server.close()
    }
  })
})

async function expectGolden(url: string, { name: golden, runId }: Golden): Promise<void> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    body: JSON.stringify({ query: outputsDocument, variables: { run: runId } }),
  })
  const { data } = (await answer.json()) as { data: OutputsAnswer }
  const { edges } = data.project.run.outputArtifacts
  const found = edges.map(({ node }) => ({
    name: node.artifactSequence.name,
    type: node.artifactType.name,
    digest: node.digest,
    paths: node.files.edges.map((edge) => edge.node.name),
  }))
  const { artifacts } = z.parse(
    goldenSchema,
    JSON.parse(await readFile(fixtureUrl(`wandb-runs/${golden}/expected.json`), 'utf8')),
  )
  // The same content under the same name is one version, however often it was logged.
  const logged = new Map(
    artifacts.map(({ name, type, digest, manifest }) => {
      const paths = manifest.contents.map(({ path }) => path).sort()
      return [`${name} ${digest}`, { name, type, digest, paths }]
    }),
  )
  expect(new Set(found)).toEqual(new Set(logged.values()))
}

const goldenSchema = z.object({
  artifacts: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      digest: z.string(),
      manifest: z.object({ contents: z.array(z.object({ path: z.string() })) }),
    }),
  ),
})

interface OutputsAnswer {
  readonly project: {
    readonly run: {
      readonly outputArtifacts: {
        readonly edges: readonly {
          readonly node: {
            readonly digest: string
            readonly artifactType: { readonly name: string }
            readonly artifactSequence: { readonly name: string }
            readonly files: { readonly edges: readonly { readonly node: { readonly name: string } }[] }
          }
        }[]
      }
    }
  }
}

const outputsDocument = `query ($run: String!) {
  project(name: "golden", entityName: "local") {
    run(name: $run) {
      outputArtifacts(first: 100) {
        edges { node {
          digest artifactType { name } artifactSequence { name } files { edges { node { name } } }
        } }
      }
    }
  }
}`
