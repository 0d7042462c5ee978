import { isRole } from '../../../src-shared/access/roles.ts'
import { useText, useTextOr } from '../../ui/text.ts'
import type { Gap } from './founding-checks.ts'

/** What is still missing before one can go on, kept up to date while one types. */
export function GapList({ gaps }: { readonly gaps: readonly Gap[] }) {
  const text = useText()
  const textOr = useTextOr()
  const shown = (value: string | number) =>
    typeof value === 'string' && isRole(value) ? text(`role.${value}`) : value
  return (
    <div className={gaps.length === 0 ? 'gaps is-done' : 'gaps'} role="status">
      {gaps.length === 0 ? (
        <p className="gaps-done">{text('founding.gaps.none')}</p>
      ) : (
        <>
          <p>{text('founding.gaps.title')}</p>
          <ul>
            {gaps.map((gap) => (
              <li key={JSON.stringify(gap)}>
                {textOr(
                  gap.key,
                  Object.fromEntries(
                    Object.entries(gap.parameters ?? {}).map(([name, value]) => [name, shown(value)]),
                  ),
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
