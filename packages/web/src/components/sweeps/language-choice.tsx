import { type ReactElement, useId } from 'react'
import type { JoinLanguage } from '../../view/sweeps/join-language.ts'

/** Which language the programs of a sweep are in. */
export function LanguageChoice(props: {
  readonly language: JoinLanguage
  readonly onLanguage: (language: JoinLanguage) => void
}): ReactElement {
  const name = useId()
  return (
    <fieldset className="mb-1 flex gap-3">
      <legend className="sr-only">Language</legend>
      {(['python', 'javascript'] as const).map((one) => (
        <label className="inline-flex items-center gap-1.5" key={one}>
          <input checked={props.language === one} name={name} onChange={() => props.onLanguage(one)} type="radio" />
          {one === 'python' ? 'Python' : 'JavaScript'}
        </label>
      ))}
    </fieldset>
  )
}
