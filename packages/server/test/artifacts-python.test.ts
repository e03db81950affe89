import { readFile } from 'node:fs/promises'
import { fixtureUrl, openTemporaryDirectory } from '@lossline/testing'
import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startServer } from '../src/index.ts'
import { schemaText } from '../src/wandb/schema/schema-text.ts'
import { copyGoldenRun } from './golden-run.ts'
import { pythonClient, runPython } from './python.ts'

describe.skipIf('missing' in pythonClient)("artifacts with W&B's own Python client", { timeout: 240_000 }, () => {
  test.each([
    ['are logged, found, downloaded and verified', ['files', 'verify_and_empty', 'reuse', 'wrong_type', 'regions']],
    ['are edited, used, linked, listed and deleted', ['edits', 'use_and_delete', 'links', 'collections']],
    ['come from models, code, the command line, and three processes at once', ['models', 'command_line', 'race']],
    ['grow, are shared and refer to each other', ['drafts_and_increments', 'distributed', 'references', 'tables']],
  ])('%s', async (_, parts) => {
    await using directory = await openTemporaryDirectory()
    const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
    try {
      const { exitCode, output } = await runPython(server, directory, ['log-artifacts.py', ...parts])
      expect(exitCode, output).toBe(0)
      expect(output.match(/^OK .*$/gm)).toEqual(parts.map((part) => `OK ${part}`))
    } finally {
      await server.close()
    }
  })

  test('its documents fit the schema, but for those about registries', async () => {
    await using directory = await openTemporaryDirectory()
    const { output } = await runPython({ url: 'http://127.0.0.1:1' }, directory, ['list-documents.py'])
    const documents = z.record(z.string(), z.string()).parse(JSON.parse(/^DOCUMENTS (.*)$/m.exec(output)?.[1] ?? ''))
    const schema = buildSchema(schemaText)
    const misfits = Object.entries(documents).filter(([, text]) => validate(schema, parse(text)).length > 0)
    expect(Object.keys(documents).length).toBeGreaterThan(40)
    expect(misfits.map(([name]) => name).filter((name) => !/REGISTR/.test(name))).toEqual([])
  })

  test.each([
    ['artifacts', 'offline-run-20261124_020524-artif001', 'artif001'],
    ['table', 'offline-run-20261124_020634-table001', 'table001'],
  ])('the golden run "%s" is synced', async (golden, folder, runId) => {
    await using directory = await openTemporaryDirectory()
    const run = await copyGoldenRun(directory, golden, folder)
    const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
    try {
      const { exitCode, output } = await runPython(server, directory, ['-m', 'wandb', 'sync', run])
      expect(exitCode, output).toBe(0)
      const answer = await fetch(`${server.url}/graphql`, {
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
    } finally {
      await server.close()
    }
  })
})

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
