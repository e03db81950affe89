import { shellWord } from '../text/shell-word.ts'

/** What a first-run snippet needs to know. */
export interface SnippetOptions {
  /** Address of the server as the browser sees it, no slash at the end. */
  readonly serverUrl: string
  readonly project: string
  /** Undefined: the server asks for none, and W&B's client is given any. */
  readonly apiKey: string | undefined
}

/** A key as W&B's client wants them, 40 characters; a server in open mode takes any. */
export const anyKey: string = 'local'.padEnd(40, '0')

/** Stands in a snippet until a key is made for it. */
export const keyPlaceholder = 'YOUR_API_KEY'

/** What a project links from a checkout, as the README has it, to log with `lossline`. */
const linkedPackages = ['lossline', 'core', 'evaluation'] as const

/** A complete program in JavaScript that logs a run to this server. */
export function javascriptSnippet({ serverUrl, project, apiKey }: SnippetOptions): string {
  return `// Beside a built checkout of Lossline, until it is in a registry:
//   npm install ${linkedPackages.map((name) => `../lossline/packages/${name}`).join(' ')}
// Save as train.mjs   →   node train.mjs
import * as lossline from 'lossline'

const run = await lossline.init({
  project: ${JSON.stringify(project)},
  baseUrl: ${JSON.stringify(serverUrl)},${apiKey === undefined ? '' : `\n  apiKey: ${JSON.stringify(apiKey)},`}
  config: { learningRate: 0.01, epochs: 5 },
})
for (let step = 0; step < 500; step++) {
  run.log({
    'train/loss': Math.exp(-step / 120) + Math.random() * 0.05,
    'train/accuracy': 1 - Math.exp(-step / 90),
  })
  await new Promise((resolve) => setTimeout(resolve, 20))
}
await run.finish()`
}

/** A complete program in Python that logs a run to this server with the `wandb` client, unchanged. */
export function pythonSnippet({ serverUrl, project, apiKey }: SnippetOptions): string {
  return `# pip install wandb   →   save as train.py   →   python train.py
import math, os, random, time

os.environ["WANDB_BASE_URL"] = ${JSON.stringify(serverUrl)}
os.environ["WANDB_API_KEY"] = "${apiKey ?? anyKey}"${apiKey === undefined ? '  # any will do here' : ''}

import wandb

with wandb.init(project=${JSON.stringify(project)}, config={"learning_rate": 0.01}) as run:
    for step in range(500):
        run.log({
            "train/loss": math.exp(-step / 120) + random.random() * 0.05,
            "train/accuracy": 1 - math.exp(-step / 90),
        })
        time.sleep(0.02)`
}

type Address = Omit<SnippetOptions, 'project'>

/** The one change for code that already logs with `wandb`. */
export function existingPythonSnippet({ serverUrl, apiKey }: Address): string {
  return `export WANDB_BASE_URL=${serverUrl}
export WANDB_API_KEY=${apiKey ?? anyKey}
python your_training.py`
}

/** The same for code that already logs with `lossline`. */
export function existingJavascriptSnippet({ serverUrl, apiKey }: Address): string {
  return `export LOSSLINE_BASE_URL=${serverUrl}
${apiKey === undefined ? '' : `export LOSSLINE_API_KEY=${apiKey}\n`}node your-training.mjs`
}

/** A way to bring in runs that are on disk already. */
export interface ImportWay {
  readonly title: string
  readonly text: string
  readonly command: string
}

/** What the ways to bring in runs need to know. */
export interface ImportOptions extends Address {
  /** The folder on the server's machine in which it finds run folders by itself; undefined where nobody is told. */
  readonly runsDirectory: string | undefined
}

/** Every way to bring in what is on disk already. */
export function importWays({ serverUrl, apiKey, runsDirectory }: ImportOptions): readonly ImportWay[] {
  // Not as an option: others on the machine can read those.
  const key = apiKey === undefined ? '' : `LOSSLINE_API_KEY=${apiKey} `
  return [
    {
      title: 'Runs of Lossline',
      text: 'Sends run folders, from wherever they are; what the server has already is not sent again.',
      command: `${key}lossline sync --base-url ${serverUrl} .lossline/runs`,
    },
    {
      title: 'Runs of W&B’s client',
      text: 'Offline runs, sent by W&B’s own command. Its folder is called wandb.',
      command: `export WANDB_BASE_URL=${serverUrl}
export WANDB_API_KEY=${apiKey ?? anyKey}
wandb sync wandb/offline-run-*`,
    },
    {
      title: 'Folders of W&B’s client, as they are',
      text: 'Shows the runs of a wandb folder on the server’s machine, also while they grow. Nothing is changed in it.',
      command: 'lossline serve --watch wandb',
    },
    {
      title: 'Copied folders',
      text: 'A run is a folder. Copied into the server’s data folder it is shown within a second.',
      command: `cp -r /from/another/machine/.lossline/runs/* ${shellWord(runsDirectory ?? 'DATA_FOLDER/runs')}/`,
    },
  ]
}

/** What makes W&B's client talk to this server by default; it asks for the key, which others could read in a command. */
export function loginCommand({ serverUrl }: Pick<Address, 'serverUrl'>): string {
  return `wandb login --host ${serverUrl}`
}

/** The same for Lossline's own client, which asks for the key. */
export function losslineLoginCommand({ serverUrl }: Pick<Address, 'serverUrl'>): string {
  return `lossline login --host ${serverUrl}`
}
