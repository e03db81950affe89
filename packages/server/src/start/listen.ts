import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ServerError } from '../errors.ts'

/** So many ports are tried after one that is taken. */
const triedPortCount = 50

/**
 * Listens on the port, or on the next one that is free.
 *
 * @param port - 0: any.
 * @returns The port that it is.
 * @throws {@link ServerError} `address-in-use` when none is free, or when the address is not this machine's.
 */
export async function listenOnFreePort(server: Server, host: string, port: number): Promise<number> {
  const ports = port === 0 ? [0] : Array.from({ length: triedPortCount }, (_, i) => port + i).filter((p) => p < 65_536)
  for (const candidate of ports) {
    try {
      await listen(server, host, candidate)
      return (server.address() as AddressInfo).port
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE') continue
      throw cannotListen(`Cannot listen on ${host}:${candidate}.`, cause)
    }
  }
  throw cannotListen(`Ports ${port} to ${ports.at(-1)} of ${host} are all taken.`, undefined)
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => {
      server.off('listening', onListening)
      reject(error)
    }
    const onListening = (): void => {
      server.off('error', onError)
      resolve()
    }
    server.once('error', onError)
    server.once('listening', onListening)
    server.listen(port, host)
  })
}

function cannotListen(message: string, cause: unknown): ServerError {
  return new ServerError({
    code: 'address-in-use',
    message,
    hint: 'Choose another port, or 0 for any; a host must be an address of this machine.',
    cause,
  })
}
