import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { stageTable, type Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { DueRow } from '../../../src-shared/contract/cycles.ts'
import { hrefOf } from '../../app/routes.ts'
import type { useText } from '../../ui/text.ts'

export function categoryName(catalogue: Catalogue, category: string): string {
  return findCategory(catalogue, category)?.name ?? category
}

/** The word of a code of the table `stage`. */
export function stageName(catalogue: Catalogue, stage: string): string {
  const table = catalogue.codeTables.find(({ id }) => id === stageTable)
  return table?.items.find(({ code }) => code === stage)?.label ?? stage
}

/** Why it is asked for. */
export function causeText(
  text: ReturnType<typeof useText>,
  catalogue: Catalogue,
  { cause, source }: Pick<DueRow, 'cause' | 'source'>,
): string {
  const named = cause === 'stage' ? stageName(catalogue, source) : categoryName(catalogue, source)
  return text(`due.cause.${cause}`, { source: named })
}

/** The form that answers it, or the dossier for who does not enter it. */
export function answerHref({ cadre, category, record, mayEnter }: DueRow): string {
  if (!mayEnter) return hrefOf('dossiers', cadre)
  return record === null ? hrefOf('entry', cadre, category) : hrefOf('entry', cadre, category, record)
}
