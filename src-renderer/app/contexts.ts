import { createContext, useContext } from 'react'
import type { Catalogue, Category } from '../../src-shared/catalogue/schema.ts'
import type { WorkbenchView } from '../../src-shared/contract/views.ts'
import type { Session } from './session.ts'

/** What every screen behind the log-in may rely on. */
export interface Desk {
  readonly session: Session
  readonly catalogue: Catalogue
  /** Null until the first answer. */
  readonly workbench: WorkbenchView | null
}

export const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (desk === null) throw new Error('outside of the shell')
  return desk
}

/** The categories of the compartments whose key the member holds, up to their level; no other is shown at all. */
export function visibleCategories({ session, catalogue }: Desk): readonly Category[] {
  return catalogue.categories.filter(
    (category) =>
      session.compartments.includes(category.compartment) && category.level <= session.member.level,
  )
}
