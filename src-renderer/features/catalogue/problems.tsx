import { Alert } from 'antd'
import type { EditProblems } from '../../../src-shared/catalogue/editing.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import { useText } from '../../ui/text.ts'
import { useProblemWords } from './words.ts'

interface ProblemsProps {
  readonly problems: EditProblems | null
  /** Where the names of ids are looked for, the newest first. */
  readonly versions: readonly Catalogue[]
}

/** All that keeps a step or a version from being taken, each with its place. */
export function Problems({ problems, versions }: ProblemsProps) {
  const text = useText()
  const words = useProblemWords()
  if (problems === null) return null
  const sentences = [...new Set(words.all(problems, versions))]
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={text('catalogue.problems')}
      description={
        <ul className="catalogue-problems">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      }
    />
  )
}
