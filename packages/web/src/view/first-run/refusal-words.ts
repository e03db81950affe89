import type { Refusal } from '@lossline/protocol'

/** A problem as people are told of it. */
export interface ToldProblem {
  readonly what: string
  readonly remedy: string
}

function toSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What was wrong with a program that the server has turned away, and what to do about it. */
export function tellRefusal({ kind, client, host, count }: Refusal, serverUrl: string): ToldProblem {
  // The name of W&B's client is a small word.
  const program =
    client === null ? 'A program' : client.startsWith('wandb') ? `A client (${client})` : toSentence(client)
  const often = count > 1 ? ` (${count} times)` : ''
  switch (kind) {
    case 'wrong-key':
      return {
        what: `${program} came with a key that this server does not know${often}.`,
        remedy: `Give it the key above. W&B’s client may have found another one in ~/.netrc: wandb login --relogin --host ${serverUrl}`,
      }
    case 'no-key':
      return { what: `${program} came without a key${often}.`, remedy: 'Give it the key above.' }
    case 'not-allowed':
      return {
        what: `${program} wanted to log where its key may not${often}.`,
        remedy: 'Leave the entity out, so that runs go to your own projects, or ask the owner of the project.',
      }
    case 'unknown-request':
      return {
        what: `${program} asked for something that this server does not understand${often}.`,
        remedy: 'It may be too old, or newer than the server: pip install --upgrade wandb, or update Lossline.',
      }
    case 'blocked-host':
      return {
        what: `${program} asked for this server as ${host}, and was refused${often}.`,
        remedy:
          'Without keys it answers only under a name of its own machine. Forward the port with ssh -R, or add a user with lossline user add NAME and start it with --host 0.0.0.0.',
      }
    default:
      return kind satisfies never
  }
}
