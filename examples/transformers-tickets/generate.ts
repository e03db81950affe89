// Writes support tickets with a small language model: alone, in batches, and at the same time. The run shows the time to the
// first token and the tokens a second of each call, and what was written.
//
//     node generate.ts

import { TextStreamer } from '@huggingface/transformers'
import { reportOf } from '@lossline/transformers'
import { pipeline } from '@lossline/transformers/pipeline'
import * as lossline from 'lossline'
import { models } from './models.ts'

const run = await lossline.init({ project: 'transformers-tickets', jobType: 'generate' })
const write = await pipeline('text-generation', models.writer, { reportTo: { run, name: 'tickets' } })

const greedy = { max_new_tokens: 40, do_sample: false }
const prompts = ['I was charged', 'The dashboard', 'Please add', 'How do I', 'Thank you', 'My invoice']

for (const prompt of prompts) await write(prompt, greedy)
// In a batch each step makes one token of every text.
await write(prompts, greedy)
// Calls that overlap keep their own times, which include waiting for the others.
await Promise.all(prompts.map((prompt) => write(prompt, greedy)))

// A streamer of one's own gets what it would get without Lossline.
process.stdout.write('The model writes: I cannot')
const streamer = new TextStreamer(write.tokenizer, {
  skip_prompt: true,
  callback_function: (text: string) => void process.stdout.write(text),
})
await write('I cannot', { ...greedy, streamer })
process.stdout.write('\n')

// What is not to be logged: this call runs as if there were no Lossline.
reportOf(write)?.undo()
await write('My password is', greedy)

await run.finish()
