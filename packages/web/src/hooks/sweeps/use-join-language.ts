import { useState } from 'react'
import {
  type JoinLanguage,
  keepLanguage,
  languageOfProgram,
  lastLanguage,
  sweepProgram,
} from '../../view/sweeps/join-language.ts'

/** The language of a sweep's programs: what its configuration tells, else what somebody has chosen in this browser. */
export function useJoinLanguage(config: string): readonly [JoinLanguage, (language: JoinLanguage) => void] {
  const [language, setLanguage] = useState(
    () => languageOfProgram(sweepProgram(config)) ?? lastLanguage() ?? ('python' as const),
  )
  const choose = (one: JoinLanguage): void => {
    keepLanguage(one)
    setLanguage(one)
  }
  return [language, choose]
}
