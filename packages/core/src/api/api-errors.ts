import { CoreError } from '../errors.ts'
import { describeValue } from '../values/describe-value.ts'

/** What was asked for is not on the server. Code `not-found`. */
export class NotFoundError extends CoreError {
  override readonly name = 'NotFoundError'
  /** @param what - Such as `run "local/digits/k3v9xq2a"`. */
  constructor(
    what: string,
    place: string,
    hint = 'Check its spelling, its project and its entity, and that this is the place that has it.',
  ) {
    super({ code: 'not-found', message: `There is no ${what} on ${place}.`, hint })
  }
}

/** A run that is not on the server. */
export function runNotFound(path: string, place: string): NotFoundError {
  return new NotFoundError(
    `run "${path}"`,
    place,
    'A run is named by its id, the end of the address of its page. Check id, project and entity, and that this is the place that has it. By its display name it is found with api.runs(project, { filters: { displayName } }).',
  )
}

/** A text that does not name what it should, such as a run. Code `invalid-path`. */
export class InvalidPathError extends CoreError {
  override readonly name = 'InvalidPathError'
  /** @param forms - The forms that would do, such as `project/id`. */
  constructor(what: string, path: unknown, forms: readonly string[]) {
    super({
      code: 'invalid-path',
      message: `${describeValue(path)} does not name a ${what}.`,
      hint: `A ${what} is named as ${forms.join(', or ')}.`,
    })
  }
}

/** A call on an Api, or on something that it handed out, after `close`. Code `api-closed`. */
export class ApiClosedError extends CoreError {
  override readonly name = 'ApiClosedError'
  constructor(place: string, cause?: unknown) {
    super({
      code: 'api-closed',
      message: `The Api that asks ${place} is closed.`,
      hint: 'Call close() when nothing is to be asked any more, or make another Api.',
      ...(cause === undefined ? {} : { cause }),
    })
  }
}

/** A download would replace a file. Code `file-exists`. */
export class FileExistsError extends CoreError {
  override readonly name = 'FileExistsError'
  constructor(path: string) {
    super({
      code: 'file-exists',
      message: `"${path}" exists already.`,
      hint: 'Pass replace: true, or another folder as root.',
    })
  }
}

/** What was received is not what the server said it would be. Code `content-damaged`. */
export class ContentDamagedError extends CoreError {
  override readonly name = 'ContentDamagedError'
  constructor(name: string, message: string) {
    super({
      code: 'content-damaged',
      message: `"${name}" was not received as it is on the server: ${message}. Nothing was kept of it.`,
      hint: 'Try again. If it stays like this, the file is damaged on the server or on the way.',
    })
  }
}

/** A file of a run whose name would lead out of the folder that it shall go to. Code `unsafe-file-name`. */
export class UnsafeFileNameError extends CoreError {
  override readonly name = 'UnsafeFileNameError'
  constructor(fileName: string) {
    super({
      code: 'unsafe-file-name',
      message: `The file ${JSON.stringify(fileName)} would be written outside of the folder that was asked for.`,
      hint: 'Read it with bytes() or text(), and write it where you want it.',
    })
  }
}

/** Something that W&B has and the server that was asked has not. Code `unsupported-by-server`. */
export class UnsupportedByServerError extends CoreError {
  override readonly name = 'UnsupportedByServerError'
  constructor(what: string, place: string, cause: unknown) {
    super({
      code: 'unsupported-by-server',
      message: `${what} is not supported by ${place}.`,
      hint: 'Update the server, or ask one that has it.',
      cause,
    })
  }
}

/** A wait for the end of a run took longer than allowed. Code `wait-timeout`. */
export class WaitTimeoutError extends CoreError {
  override readonly name = 'WaitTimeoutError'
  constructor(what: string, timeoutMs: number) {
    super({
      code: 'wait-timeout',
      message: `${what} was not over within ${timeoutMs} ms.`,
      hint: 'Wait again, or pass a longer timeoutMs.',
    })
  }
}

/** A content is not given out, or not taken. Code `content-refused`. */
export class ContentRefusedError extends CoreError {
  override readonly name = 'ContentRefusedError'
  /** HTTP status of the answer. */
  readonly status: number
  constructor(url: string, status: number) {
    super({
      code: 'content-refused',
      // The query of such an address is a permission.
      message: `${url.split('?')[0]} was answered with ${status}.`,
      hint: 'List the file again: addresses of contents are valid for a while only.',
    })
    this.status = status
  }
}

/** Neither the call, nor the settings, nor the server say whose project is meant. Code `entity-unknown`. */
export class EntityUnknownError extends CoreError {
  override readonly name = 'EntityUnknownError'
  constructor(place: string) {
    super({
      code: 'entity-unknown',
      message: `${place} does not say whose projects are meant when none is named.`,
      hint: 'Name the entity: in the path (entity/project/id), as an option of Api, or in LOSSLINE_ENTITY. With a wrong API key a server knows none either.',
    })
  }
}
