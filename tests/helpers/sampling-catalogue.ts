import type { VaultFixture } from './vault-fixture.ts'
import type { InputOf, OutputOf, ProcedureName } from '../../src-shared/contract/index.ts'
import { readCatalogue } from '../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../src-shared/catalogue/schema.ts'
import { newId, type Id } from '../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { readResourceJson } from '../../src-shared/node/resources.ts'

/** What may be sampled in the catalogue of the tests, and how: of 12 rows 8 are looked at. */
export const sampledCategory = 'D10'
export const samplingPlan = { tolerablePermille: 200, confidencePermille: 950 } as const

/** The shipped catalogue with sampling switched on for one category of level 2. */
export function samplingCatalogue(): Catalogue {
  const shipped = readResourceJson('catalogue/default.json') as Catalogue
  const read = readCatalogue({
    ...shipped,
    categories: shipped.categories.map((one) =>
      one.id === sampledCategory ? { ...one, sampling: samplingPlan } : one,
    ),
  })
  if (!read.ok) throw new Error(read.error.code)
  return read.value
}

const studies: InputOf<'import.preview'>['profile'] = {
  name: '学习登记',
  source: '党办',
  encoding: 'utf-8',
  header: true,
  delimiter: ',',
  cadre: { nameColumn: 0 },
  category: { kind: 'fixed', category: sampledCategory },
  fields: {
    [sampledCategory]: [
      { column: 1, field: 'year' },
      { column: 2, field: 'quarter' },
      { column: 3, field: 'content' },
    ],
  },
  money: { unit: '元', currency: 'CNY' },
  declined: [],
  none: [],
  blank: [],
}

const generations = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']
let imports = 0

/**
 * Of people whom no import before was about: a namesake without a number would wait for somebody's decision. Nobody has
 * two rows of one quarter, which would be remarked on.
 */
function studyTable(count: number): string {
  const generation = generations[imports++]
  if (generation === undefined) throw new RangeError('more imports than there are names')
  const lines = Array.from({ length: count }, (_, at) => {
    const quarters = Math.floor(at / 4)
    const [year, quarter] = [2026 - Math.floor(quarters / 4), (quarters % 4) + 1]
    return `干部${'甲乙丙丁'.charAt(at % 4)}${generation},${year},${quarter},第 ${at + 1} 次学习`
  })
  return ['姓名,年度,季度,学习内容', ...lines].join('\n')
}

interface Caller {
  value<Name extends ProcedureName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>>
}

/** An import of the category that may be sampled, by whoever is at work. */
export async function importStudiesOver(core: Caller, count: number): Promise<Id> {
  const bytes = Buffer.from(studyTable(count))
  const file = { purpose: 'table', name: '学习登记.csv', size: bytes.length, mediaType: '' } as const
  const { upload } = await core.value('upload.begin', file)
  await core.value('upload.append', { upload, offset: 0, bytes })
  const { session } = await core.value('import.preview', {
    upload,
    profile: studies,
    job: newId(nodePrimitives),
  })
  const { batch } = await core.value('import.commit', {
    session,
    reason: '季度填报',
    job: newId(nodePrimitives),
  })
  return batch
}

/** The same by the collector of a fixture. */
export async function importStudies(vault: VaultFixture, count: number): Promise<Id> {
  return await importStudiesOver(
    { value: async (name, input) => await vault.value('collector', name, input) },
    count,
  )
}
