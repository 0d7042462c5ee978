import { create } from 'zustand'
import type { Purpose } from '../../../src-shared/disclosure/purpose.ts'

/** A dossier that waits for its purpose, and how many readings wait with it. */
interface Asking {
  readonly cadre: string
  readonly waiting: number
}

interface PurposeStore {
  readonly asking: Asking | null
  answer(purpose: Purpose | null): void
}

interface Question {
  readonly cadre: string
  readonly answers: Set<(purpose: Purpose | null) => void>
}

// One dialog at a time: readings of the same dossier share it, those of another come after it.
const questions: Question[] = []

function show(): void {
  const [first] = questions
  usePurpose.setState({
    asking: first === undefined ? null : { cadre: first.cadre, waiting: first.answers.size },
  })
}

export const usePurpose = create<PurposeStore>()(() => ({
  asking: null,
  answer(purpose) {
    const answered = questions.shift()
    show()
    for (const answer of answered?.answers ?? []) answer(purpose)
  },
}))

/** Asks once for a dossier, whoever asks meanwhile. Null when the member does not say, or the page has gone on. */
export function askPurpose(cadre: string, signal: AbortSignal | undefined): Promise<Purpose | null> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve(null)
      return
    }
    let question = questions.find((one) => one.cadre === cadre)
    if (question === undefined) {
      question = { cadre, answers: new Set() }
      questions.push(question)
    }
    const mine = question
    mine.answers.add(resolve)
    signal?.addEventListener(
      'abort',
      () => {
        if (!mine.answers.delete(resolve)) return
        if (mine.answers.size === 0) questions.splice(questions.indexOf(mine), 1)
        show()
        resolve(null)
      },
      { once: true },
    )
    show()
  })
}
