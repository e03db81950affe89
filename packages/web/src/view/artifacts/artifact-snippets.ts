import type { ArtifactVersionInfo } from '@lossline/protocol'
import { shellWord } from '../text/shell-word.ts'

/** What uses a version: a program in a language, or a command. */
export interface UsageSnippet {
  readonly id: 'javascript' | 'python' | 'shell'
  readonly label: string
  readonly text: string
}

/** How to use a version in a run, and how to fetch it. Names are written so that no character of them ends a text. */
export function usageSnippets(version: ArtifactVersionInfo, origin: string): readonly UsageSnippet[] {
  const name = `${version.entity}/${version.project}/${version.collection}:${version.version}`
  const project = JSON.stringify(version.project)
  const quoted = JSON.stringify(name)
  return [
    {
      id: 'javascript',
      label: 'JavaScript',
      text: [
        "import * as lossline from 'lossline'",
        '',
        `const run = await lossline.init({ project: ${project}, baseUrl: ${JSON.stringify(origin)} })`,
        `const artifact = await run.useArtifact(${quoted})`,
        'const directory = await artifact.download()',
      ].join('\n'),
    },
    {
      id: 'python',
      label: 'Python',
      text: [
        'import wandb',
        '',
        `run = wandb.init(project=${project})  # WANDB_BASE_URL=${origin}`,
        `artifact = run.use_artifact(${quoted})`,
        'directory = artifact.download()',
      ].join('\n'),
    },
    {
      id: 'shell',
      label: 'Command line',
      text: `WANDB_BASE_URL=${shellWord(origin)} wandb artifact get ${shellWord(name)}`,
    },
  ]
}
