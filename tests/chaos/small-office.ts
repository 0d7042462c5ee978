import { csvText } from '../../src-shared/import/quarantine.ts'
import type { InputOf, OutputOf } from '../../src-shared/contract/index.ts'
import { uploadChunkBytes } from '../../src-shared/contract/dossier.ts'
import { utf8 } from '../../src-shared/kernel/bytes.ts'
import { newId, type Id } from '../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import type { CoreProcess } from './core-process.ts'

export const password = 'chaos-password'

/** The four people of a small unit; the approver is cleared for every compartment. */
export function foundingOf(hubCard: string | null): InputOf<'unit.found'> {
  const member = (
    login: string,
    roles: InputOf<'unit.found'>['members'][number]['roles'],
    cleared = false,
  ) => ({
    name: `用户 ${login}`,
    login,
    password,
    roles,
    cleared,
    categories: ['*'],
  })
  return {
    unit: { name: '石桥镇', creditCode: null },
    policy: 'small',
    device: '办公室一',
    members: [
      member('collector', ['collector', 'sysadmin', 'secadmin']),
      member('first', ['reviewer']),
      member('second', ['reviewer']),
      member('approver', ['approver'], true),
    ],
    recovery: { threshold: 2, holders: ['甲', '乙', '丙'] },
    hubCard,
  }
}

export function newJob(): Id {
  return newId(nodePrimitives)
}

/** A loan (C6), new. */
export function loan(cadre: Id, description: string, upload: Id | null = null): InputOf<'record.submit'> {
  return {
    record: null,
    parent: null,
    settles: [],
    cadre,
    category: 'C6',
    declaration: 'present',
    values: {
      relation: '01',
      direction: '01',
      description,
      amount: { amount: 36_600_000, currency: 'CNY' },
    },
    source: { kind: 'form', from: '本人', reference: null },
    reason: '首次填报',
    evidence: upload === null ? [] : [{ upload }],
  }
}

const stems = '甲乙丙丁戊己庚辛壬癸'

/** A number as a part of a name, which is made of letters alone. */
export function stemsOf(number: number): string {
  return [...String(number)].map((digit) => stems[Number(digit)]).join('')
}

export interface ChaosTable {
  readonly bytes: Uint8Array
  readonly accepted: number
  readonly quarantined: number
  /** Dossiers the import opens; their names begin with `prefix`. */
  readonly opened: number
  readonly prefix: string
}

/** Savings of people who have no dossier yet, with some rows that cannot be read. */
export function savingsTable(number: number): ChaosTable {
  const [people, accepted, quarantined] = [20, 200, 5]
  const prefix = `表${stemsOf(number)}内`
  const row = (index: number, value: string) => [
    `${prefix}${stemsOf(index % people)}`,
    '境内存款、车辆及其他财产',
    '本人',
    '存款',
    `定期存款第${index}笔`,
    value,
  ]
  const rows = [
    ['干部姓名', '采集类别', '与干部关系', '财产类别', '说明', '价值（万元）'],
    ...Array.from({ length: accepted }, (_, index) => row(index, `${index + 1}.5`)),
    ...Array.from({ length: quarantined }, (_, index) => row(index, '约三十万')),
  ]
  return { bytes: utf8(csvText(rows)), accepted, quarantined, opened: people, prefix }
}

/** Gives the core a whole file, piece by piece. */
export async function upload(
  core: CoreProcess,
  purpose: InputOf<'upload.begin'>['purpose'],
  bytes: Uint8Array,
): Promise<Id> {
  const name = purpose === 'table' ? '存款.csv' : '佐证.txt'
  const begun = await core.value('upload.begin', { purpose, name, size: bytes.length, mediaType: '' })
  for (let offset = 0; offset < bytes.length; offset += uploadChunkBytes) {
    const piece = bytes.subarray(offset, offset + uploadChunkBytes)
    await core.value('upload.append', { upload: begun.upload, offset, bytes: piece })
  }
  return begun.upload
}

/** Uploads a table and previews its import under the mapping that the program suggests. */
export async function previewTable(
  core: CoreProcess,
  table: ChaosTable,
): Promise<OutputOf<'import.preview'>> {
  const file = await upload(core, 'table', table.bytes)
  const { suggestion } = await core.value('import.suggest', { upload: file })
  const profile = { ...suggestion, source: '本人填报汇总' } as InputOf<'import.preview'>['profile']
  return await core.value('import.preview', { upload: file, profile, job: newJob() })
}
