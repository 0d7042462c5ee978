import { compartments, type Compartment } from '../../src-shared/access/roles.ts'

/** Compartments (数据分区) as people call them. */
const compartmentNames: Readonly<Record<Compartment, string>> = {
  control: '人员与授权',
  archive: '廉政档案',
  discipline: '纪检',
}

/** The name for people and the one of the files: `廉政档案（archive）`. */
export function named(compartment: string): string {
  const known = compartments.find((name) => name === compartment)
  return known === undefined ? compartment : `${compartmentNames[known]}（${known}）`
}
