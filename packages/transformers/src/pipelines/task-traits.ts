/** What this package must know of a task to take its calls apart. */
export interface TaskTraits {
  /** Place of the options among the arguments: 2 where something stands between them and the input. */
  readonly optionsIndex: 1 | 2
  /** Whether it writes token by token, and takes a `streamer`. */
  readonly isGeneration: boolean
  /**
   * Whether the tokenizer is called once and before the first `await`, so that its tokens can be counted for the right call
   * even when calls run at the same time.
   */
  readonly tokenizesAtOnce: boolean
}

const plain: TaskTraits = { optionsIndex: 1, isGeneration: false, tokenizesAtOnce: false }
const text: TaskTraits = { ...plain, tokenizesAtOnce: true }
const generation: TaskTraits = { ...plain, isGeneration: true }
const textGeneration: TaskTraits = { ...generation, tokenizesAtOnce: true }
const withCandidates: TaskTraits = { ...plain, optionsIndex: 2 }

const traits: Readonly<Record<string, TaskTraits>> = {
  'text-classification': text,
  'token-classification': text,
  'fill-mask': text,
  'feature-extraction': text,
  'question-answering': { ...text, optionsIndex: 2 },
  'text-generation': textGeneration,
  'text2text-generation': textGeneration,
  summarization: textGeneration,
  translation: textGeneration,
  'image-to-text': generation,
  'automatic-speech-recognition': generation,
  'document-question-answering': { ...generation, optionsIndex: 2 },
  'zero-shot-classification': withCandidates,
  'zero-shot-image-classification': withCandidates,
  'zero-shot-audio-classification': withCandidates,
  'zero-shot-object-detection': withCandidates,
}

/** Traits of a task; tasks that are not listed take one input and options. */
export function taskTraitsOf(task: string): TaskTraits {
  return Object.hasOwn(traits, task) ? (traits[task] ?? plain) : plain
}
