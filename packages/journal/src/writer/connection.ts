import type { EngineMessage } from '../engine/messages.ts'

/** How the training thread reaches the thread that writes, which may be itself. */
export interface Connection {
  /** Puts a message into the slow lane; its marker in the ring follows. */
  post(message: EngineMessage): void
  /** Called after each published entry of the ring. */
  afterPublish(): void
  /** Blocks until something was released from the ring. Returns false when the writing thread is lost. */
  waitForRelease(seenTail: number): boolean
  /** Blocks until a reply may have come. Returns false when the writing thread is lost. */
  waitForReply(): boolean
  /** Keeps the process alive for as long as something is awaited. */
  hold(isHeld: boolean): void
  /** Ends the writing thread, when there is one. */
  close(): Promise<void>
}
