import { useKept } from './use-kept.ts'

/** One of some choices that this browser keeps. @param name - Of what is chosen. */
export function useKeptChoice<Choice extends string>(
  name: string,
  choices: readonly [Choice, ...Choice[]],
): readonly [choice: Choice, setChoice: (choice: Choice) => void] {
  return useKept<Choice>(name, { initial: choices[0], read: (kept) => choices.find((one) => one === kept) })
}
