import { execFile } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startServer } from '@lossline/server'
import { fixtureUrl, openTemporaryDirectory, workspaceUrl } from '@lossline/testing'
import { expect, test } from 'vitest'
import { runLossline } from './run-lossline.ts'

const guide = readFileSync(workspaceUrl('docs/guide/offline-and-sync.md'), 'utf8')

function blocksOf(language: string): string[] {
  return [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text)
}

test('the program and the commands of the guide work, in their order', { timeout: 120_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  const server = await startServer({ dataDirectory: directory.join('server'), port: 0, watch: [], log: () => {} })
  try {
    for (const program of blocksOf('js')) {
      const nodeArgs = ['--conditions=source', '--disable-warning=ExperimentalWarning', '--input-type=module']
      await promisify(execFile)(process.execPath, [...nodeArgs, '--eval', program], {
        // Programs given as text find packages from the working directory.
        cwd: fileURLToPath(workspaceUrl('packages/lossline')),
        env: { ...process.env, LOSSLINE_DIR: directory.path },
      })
    }
    cpSync(fixtureUrl('wandb-runs/scalars'), directory.join('wandb'), { recursive: true })
    const env: Record<string, string> = {}
    const outputs = new Map<string, string>()
    for (const line of blocksOf('sh').flatMap((block) => block.trimEnd().split('\n'))) {
      const [, name, value] = /^export (\w+)=(.*)$/.exec(line) ?? []
      if (name !== undefined) {
        env[name] = name === 'LOSSLINE_BASE_URL' ? server.url : (value ?? '')
        continue
      }
      const [, args = ''] = /^npx lossline (.*)$/.exec(line) ?? []
      const { exitCode, stdout, stderr } = await runLossline(args.split(' '), { cwd: directory.path, env })
      expect({ line, exitCode, stderr }).toEqual({ line, exitCode: 0, stderr: '' })
      outputs.set(args, stdout)
    }
    expect(outputs.get('sync')).toMatch(
      /^\w+: 100 rows, \d+ files, 1 artifact, http\S+\n {2}\d+ records, [\d,]+ bytes, sha256:[0-9a-f]{64}\n/,
    )
    expect(outputs.get('sync --follow')).toContain('has the run already')
    expect(outputs.get('sync --project archive --entity local')).toContain('/local/archive/runs/')
    expect(outputs.get('sync --clean --dry-run')).toContain('would be removed')
    expect(outputs.get('sync --clean')).toContain('Removed 1 of 1 run folder.')
    expect(outputs.get('sync wandb/')).toContain('200 rows')
  } finally {
    await server.close()
  }
})
