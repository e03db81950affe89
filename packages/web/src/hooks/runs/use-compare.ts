import { useNavigate } from '@tanstack/react-router'
import type { ProjectAddress } from '../../api/queries.ts'
import { compareCodec, comparedRunCountMax } from '../../view/compare/compare-state.ts'

/** Opens the page that compares runs of a project, with what differs among them; of more than it takes, the first. */
export function useCompare(address: ProjectAddress): (runIds: readonly string[]) => void {
  const navigate = useNavigate()
  return (runIds) => {
    const search = compareCodec.stringify({ runIds: runIds.slice(0, comparedRunCountMax), isDifferentOnly: true })
    // The words of an address are the codec's; the router knows no types of them.
    void navigate({ to: '/$entity/$project/compare', params: address, search: search as never })
  }
}
