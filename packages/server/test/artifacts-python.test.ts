import { readFile } from 'node:fs/promises'
import { fixtureUrl, openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startServer } from '../src/index.ts'
import { copyGoldenRun } from './golden-run.ts'
import { pythonClient, runPython } from './python.ts'

describe.skipIf('missing' in pythonClient)("artifacts with W&B's own Python client", { timeout: 240_000 }, () => {
  test.each([
    ['are logged, found, downloaded and verified', ['files', 'verify_and_empty', 'reuse', 'wrong_type', 'regions']],
    ['are edited, used, linked, listed and deleted', ['edits', 'use_and_delete', 'links', 'collections']],
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
