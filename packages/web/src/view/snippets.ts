/** What a first-run snippet needs to know. */
export interface SnippetOptions {
  /** Address of the server as the browser sees it, no slash at the end. */
  readonly serverUrl: string
  readonly project: string
}

/** A key as W&B's client wants them, 40 characters; a server in open mode takes any. */
export const anyKey: string = 'local'.padEnd(40, '0')

/** A complete program in JavaScript that logs a run to this server. */
export function javascriptSnippet({ serverUrl, project }: SnippetOptions): string {
  return `// npm install lossline   →   save as train.mjs   →   node train.mjs
import * as lossline from 'lossline'

const run = await lossline.init({
  project: ${JSON.stringify(project)},
  baseUrl: ${JSON.stringify(serverUrl)},
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
export function pythonSnippet({ serverUrl, project }: SnippetOptions): string {
  return `# pip install wandb   →   save as train.py   →   python train.py
import math, os, random, time

os.environ["WANDB_BASE_URL"] = ${JSON.stringify(serverUrl)}
os.environ["WANDB_API_KEY"] = "${anyKey}"  # any key is accepted on this machine

import wandb

with wandb.init(project=${JSON.stringify(project)}, config={"learning_rate": 0.01}) as run:
    for step in range(500):
        run.log({
            "train/loss": math.exp(-step / 120) + random.random() * 0.05,
            "train/accuracy": 1 - math.exp(-step / 90),
        })
        time.sleep(0.02)`
}

/** The one change for code that already logs with `wandb`. */
export function existingCodeSnippet({ serverUrl }: Pick<SnippetOptions, 'serverUrl'>): string {
  return `export WANDB_BASE_URL=${serverUrl}
export WANDB_API_KEY=${anyKey}
python your_training.py`
}

/** What makes W&B's client talk to this server by default. */
export function loginCommand({ serverUrl }: Pick<SnippetOptions, 'serverUrl'>): string {
  return `wandb login --host ${serverUrl} ${anyKey}`
}
