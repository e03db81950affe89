import { ServerError } from '../errors.ts'

/** True for a client that writes one run together with others: it says so with every request of the run. */
export function isSharedWriter(headers: Headers): boolean {
  return headers.get('x-wandb-use-async-filestream') === 'true'
}

/** Lines of several writers have no steps and overlapping numbers: taking them for one writer's would lose most. */
export function sharedModeRefused(): ServerError {
  return new ServerError({
    code: 'unsupported-operation',
    message:
      'Several writers on one run (shared mode) are not supported by this server: give each process its own run.',
  })
}
