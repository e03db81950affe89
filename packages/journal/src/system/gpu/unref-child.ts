import type { ChildProcess } from 'node:child_process'
import { Socket } from 'node:net'

/** Lets the program end although a tool still runs: neither it nor the pipes of its output are waited for. */
export function unrefChild(child: ChildProcess): void {
  child.unref()
  for (const pipe of [child.stdout, child.stderr]) if (pipe instanceof Socket) pipe.unref()
}
