import { readdirSync } from 'node:fs'
import iconv from 'iconv-lite'
import { writeTrust, type HubNode } from '../../src-main/cli/demo/hub-node.ts'
import type { Desk } from '../../src-main/cli/demo/office.ts'
import { openOpinions, queueOf, sign } from '../../src-main/cli/demo/review.ts'
import { vaultLayout } from '../../src-main/vault/layout.ts'
import type { InputOf } from '../../src-shared/contract/index.ts'
import { csvText } from '../../src-shared/import/quarantine.ts'
import { utf8 } from '../../src-shared/kernel/bytes.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { mustFound } from '../helpers/founding.ts'
import { canaryWords as words } from './canary-words.ts'
import { startCoreProcess, type CoreProcess, type CoreSurroundings } from './core-process.ts'
import { newJob } from './small-office.ts'

export interface CanaryStage {
  readonly surroundings: CoreSurroundings
  readonly hub: HubNode
  /** Where the files for others go. */
  readonly directory: string
  readonly bundles: string
  /** What the cores printed. */
  readonly printed: Buffer[]
  /** What the cores answered, as JSON. */
  readonly answers: string[]
  /** Searches everything that the cores could have written to. */
  search(): Promise<void>
}

const password = words.password

/** Works as one member in a core of its own, which is locked at the end. */
export async function at<T>(
  stage: CanaryStage,
  login: string,
  work: (desk: Desk, core: CoreProcess) => Promise<T>,
): Promise<T> {
  const core = startCoreProcess(stage.surroundings)
  const call: Desk['call'] = async (name, input) => {
    const value = await core.value(name, input)
    stage.answers.push(JSON.stringify(value))
    return value
  }
  const session = await call('session.unlock', { login, password })
  const outcome = await work({ session, call }, core)
  await core.lock()
  stage.printed.push(core.printed())
  return outcome
}

/** From the founding to the receipts of the node above, with a canary wherever a person can write something. */
export async function playCanaryRoad(stage: CanaryStage): Promise<void> {
  await found(stage)
  const upload = await at(stage, words.login, (desk) => enter(stage, desk))
  await at(stage, 'inspector', (desk) => enterTalk(desk, upload))
  await at(stage, 'first', async (desk) => {
    const [row] = (await queueOf(desk, 'to-review')).filter(({ record }) => record === upload.returned)
    if (row === undefined) throw new RangeError('nothing to send back')
    await desk.call('review.return', {
      compartment: 'archive',
      rows: [{ record: row.record, revision: row.revision }],
      reasons: ['incomplete'],
      marks: ['description'],
      words: words.returnWords,
    })
    await decide(desk, () => ({ decision: 'agree', words: words.firstOpinion }))
  })
  await at(stage, 'second', (desk) =>
    decide(desk, (record) =>
      record === upload.disputed
        ? { decision: 'disagree', words: words.secondOpinion }
        : { decision: 'agree', words: '' },
    ),
  )
  await at(stage, 'approver', (desk) => openOpinions(desk))
  await at(stage, 'inspector', async (desk) => {
    const rows = (await queueOf(desk, 'to-adjudicate')).map(({ record, revision }) => {
      return { record, revision, outcome: 'uphold' as const }
    })
    await desk.call('review.adjudicate', { compartment: 'archive', rows, words: words.adjudication })
  })
  await at(stage, 'approver', async (desk, core) => {
    await sign(desk, words.signing)
    const begun = core.event('progress')
    const delivering = desk.call('sync.deliver', { kind: 'update', job: newJob() })
    await Promise.race([begun, delivering])
    await core.whilePaused(async () => {
      // The bundles stand in the vault for as long as they are on their way.
      const { outgoing } = vaultLayout(stage.surroundings.vaultDirectory)
      const files = readdirSync(outgoing, { recursive: true }).map(String)
      if (!files.some((file) => file.includes('.liandang'))) throw new RangeError('nothing is on its way')
      await stage.search()
    })
    if ((await delivering).length !== 3) throw new RangeError('a compartment was not delivered')
  })
}

async function found(stage: CanaryStage): Promise<void> {
  const core = startCoreProcess(stage.surroundings)
  type Role = InputOf<'unit.found'>['members'][number]['roles'][number]
  const member = (login: string, roles: Role[], name: string = words.memberName) => {
    return { name, login, password, roles, cleared: !roles.includes('collector'), categories: ['*'] }
  }
  const founded = await mustFound(core, {
    unit: { name: words.unitName, creditCode: null },
    policy: 'small',
    device: words.device,
    members: [
      member(words.login, ['collector', 'sysadmin', 'secadmin']),
      member('first', ['reviewer']),
      member('second', ['reviewer']),
      member('approver', ['approver']),
      member('inspector', ['inspector']),
    ],
    recovery: { threshold: 2, holders: [words.recoveryHolder, '乙', '丙'] },
    hubCard: await stage.hub.card(),
  })
  stage.answers.push(JSON.stringify(founded))
  await core.lock()
  stage.printed.push(core.printed())
  await stage.hub.trust(writeTrust(stage.directory, founded.unit, founded.unitRootPublicKey))
}

interface Entered {
  readonly cadre: Id
  readonly disputed: Id
  readonly returned: Id
}

async function enter(stage: CanaryStage, desk: Desk): Promise<Entered> {
  const { cadreName: name, identityNumber, post } = words
  const { cadre } = await desk.call('cadre.open', { name, identityNumber, post })
  const basic = await desk.call('record.submit', {
    ...recordOf(cadre, 'A1', {
      name,
      sex: '1',
      people: '01',
      birth: '1979-04-17',
      identityNumber,
      politicalStatus: '13',
      position: post,
      address: words.address,
    }),
  })
  const evidence = await upload(desk, words.evidenceName, words.evidenceText)
  await desk.call('record.submit', {
    ...recordOf(cadre, 'C6', loanOf(words.loan)),
    evidence: [{ upload: evidence }],
  })
  const wrong = await desk.call('record.submit', recordOf(cadre, 'C6', loanOf(words.withdrawn)))
  await desk.call('record.withdraw', { ...wrong, reason: words.withdrawalReason })
  const returned = await desk.call('record.submit', recordOf(cadre, 'C6', loanOf(words.returned)))
  // Half of a file and a table in memory while the search goes on.
  await beginUpload(desk, words.evidenceName, words.evidenceText)
  await importTable(stage, desk)
  await desk.call('cadre.list', { search: name, after: null, limit: 10 })
  return { cadre, disputed: basic.record, returned: returned.record }
}

async function importTable(stage: CanaryStage, desk: Desk): Promise<void> {
  const row = (note: string, value: string) => [
    words.cadreName,
    words.identityNumber,
    '境内存款、车辆及其他财产',
    '本人',
    '存款',
    note,
    value,
  ]
  const rows = [
    ['干部姓名', '干部身份证号', '采集类别', '与干部关系', '财产类别', '说明', '价值（万元）'],
    row(words.acceptedCell, '3.5'),
    ...Array.from({ length: 200 }, (_, index) => row(`${words.acceptedCell}第${index}户`, '1.25')),
    row(words.quarantinedNote, words.quarantinedCell),
  ]
  const bytes = iconv.encode(csvText(rows), 'gb18030')
  const about = {
    purpose: 'table',
    name: words.tableName,
    size: bytes.length,
    mediaType: 'text/csv',
  } as const
  const file = (await desk.call('upload.begin', about)).upload
  await desk.call('upload.append', { upload: file, offset: 0, bytes })
  const { suggestion } = await desk.call('import.suggest', { upload: file })
  const profile = { ...suggestion, source: words.tableSource } as InputOf<'import.preview'>['profile']
  const preview = await desk.call('import.preview', { upload: file, profile, job: newJob() })
  if (preview.accepted !== 201 || preview.quarantined !== 1)
    throw new RangeError('the table was read otherwise')
  await stage.search()
  await desk.call('import.commit', { session: preview.session, reason: words.importReason, job: newJob() })
  await desk.call('import.batches', {})
  const quarantine = await desk.call('quarantine.list', { after: 0, limit: 10 })
  const ids = quarantine.rows.map(({ id }) => id)
  await desk.call('quarantine.settle', { ids, words: words.settleWords })
}

async function enterTalk(desk: Desk, { cadre }: Entered): Promise<void> {
  const evidence = await upload(desk, '谈话.txt', words.talkEvidence)
  await desk.call('record.submit', {
    ...recordOf(cadre, 'E3', {
      kind: '02',
      date: '2026-05-06',
      place: words.talkPlace,
      talkers: words.memberName,
      reason: words.talkReason,
      content: words.talkContent,
      opinion: words.talkOpinion,
    }),
    evidence: [{ upload: evidence }],
  })
}

type Opinion = Pick<InputOf<'review.decide'>['rows'][number], 'decision' | 'words'>

async function decide(desk: Desk, opinionOn: (record: Id) => Opinion): Promise<void> {
  const waiting = await queueOf(desk, 'to-review')
  for (const compartment of ['archive', 'discipline'] as const) {
    const rows = waiting
      .filter((row) => row.compartment === compartment)
      .map(({ record, revision }) => ({ record, revision, reasons: [], marks: [], ...opinionOn(record) }))
    await desk.call('review.decide', { compartment, rows })
  }
}

/** Reads everything that there is about the cadre, as the one who may. */
export async function readAll(stage: CanaryStage, desk: Desk): Promise<void> {
  await desk.call('unit.read', {})
  const [line] = (await desk.call('cadre.list', { search: words.cadreName, after: null, limit: 10 })).items
  const dossier = await desk.call('cadre.read', {
    cadre: line?.id ?? '',
    at: null,
    purpose: { kind: 'check', words: '' },
  })
  for (const { record } of dossier.records) {
    const [revision] = (await desk.call('record.read', { record })).revisions
    for (const { hash } of revision?.evidence ?? []) {
      const piece = { revision: revision?.revision ?? '', hash, offset: 0, length: 1000 }
      const { bytes } = await desk.call('evidence.read', piece)
      stage.answers.push(Buffer.from(bytes, 'base64').toString('utf8'))
    }
  }
}

function recordOf(cadre: Id, category: string, values: InputOf<'record.submit'>['values']) {
  return {
    record: null,
    parent: null,
    settles: [],
    cadre,
    category,
    declaration: 'present',
    values,
    source: { kind: 'interview', from: words.sourceFrom, reference: words.evidenceName },
    reason: words.entryReason,
    evidence: [],
  } satisfies InputOf<'record.submit'>
}

function loanOf(description: string): InputOf<'record.submit'>['values'] {
  const amount = { amount: 36_600_000, currency: 'CNY' }
  return { relation: '01', direction: '01', description, amount }
}

async function upload(desk: Desk, name: string, text: string): Promise<Id> {
  const { file, rest } = await beginUpload(desk, name, text)
  await desk.call('upload.append', { upload: file, ...rest })
  return file
}

/** Gives the core the first half of a file that says this over and over; returns what is left. */
export async function beginUpload(desk: Desk, name: string, text: string) {
  const bytes = utf8(`${text}\n`.repeat(8_000))
  const offset = Math.floor(bytes.length / 2)
  const about = { purpose: 'evidence', name, size: bytes.length, mediaType: 'text/plain' } as const
  const { upload: file } = await desk.call('upload.begin', about)
  const first = bytes.subarray(0, offset)
  await desk.call('upload.append', { upload: file, offset: 0, bytes: first })
  return { file, rest: { offset, bytes: bytes.subarray(offset) } }
}
