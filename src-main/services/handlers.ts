import type { ProcedureName } from '../../src-shared/contract/index.ts'
import type { Handler, UnlockedHandler } from './context.ts'
import { copyApprove, copyIssue, copyMake, copyRefuse, copyRequest } from './disclosure/copies.ts'
import { cadrePrint } from './disclosure/view-print.ts'
import { dossierExport } from './disclosure/list-export.ts'
import { correctionAnswer, correctionRequest } from './disclosure/corrections.ts'
import { deviceAdmit, deviceList, deviceRemove } from './devices/devices.ts'
import { devicePackage } from './devices/enrol.ts'
import { exchangeExport } from './devices/exchange.ts'
import {
  joinAsk,
  joinBrowse,
  joinCancel,
  joinFetch,
  joinReceive,
  joinSave,
  joinSend,
  joinStatus,
} from './devices/join.ts'
import {
  deviceAwait,
  deviceClose,
  deviceInterfaces,
  deviceListener,
  deviceOffer,
} from './devices/listening.ts'
import { disclosurePolicyRead } from './disclosure/policy.ts'
import { disclosureTasks, registerList } from './disclosure/register.ts'
import { accessNote, incidentList, incidentPrint, incidentReport, incidentUpdate } from './audit/acts.ts'
import { accessExport } from './audit/export.ts'
import { accessIndex } from './audit/index-access.ts'
import { accessList, accessUnusual } from './audit/list.ts'
import {
  catalogueConfirm,
  cataloguePropose,
  catalogueRead,
  catalogueRefuse,
  catalogueVersion,
  catalogueVersions,
} from './catalogue/catalogue.ts'
import { cadreList, cadreOpen, cadreRead } from './dossier/dossier.ts'
import { dossierFacets, dossierList } from './dossier/listing.ts'
import { dueList, dueSeen, dueSummary } from './cycles/due.ts'
import { transferAnswer, transferReceipt } from './transfer/answer.ts'
import { transferAppendix } from './transfer/appendix.ts'
import { transferCard, transferReadCard } from './transfer/card.ts'
import { transferIncoming, transferMatch, transferReceive } from './transfer/incoming.ts'
import { transferList } from './transfer/list.ts'
import {
  transferAble,
  transferAcknowledge,
  transferCancel,
  transferExport,
  transferHandOver,
} from './transfer/out.ts'
import { cadreStage, cadreStages } from './cycles/stages.ts'
import { cadreTag, cadreTags } from './dossier/tags.ts'
import { twinCompare, twinConfirm, twinPropose, twinRefuse, twinUndo } from './dossier/twin-acts.ts'
import { twinCount, twinList, twinNear } from './dossier/twins.ts'
import { viewDrop, viewList, viewSave } from './dossier/views.ts'
import {
  evidenceRead,
  recordSubmit,
  recordWithdraw,
  uploadAppend,
  uploadBegin,
  uploadDiscard,
} from './dossier/entry.ts'
import { recordCheck } from './dossier/entry-check.ts'
import { recordUnchanged } from './dossier/unchanged.ts'
import { recordRead } from './dossier/record-view.ts'
import { sourceArrivals, sourceTake } from './sources/arrivals.ts'
import { differenceJudge, differenceList, differenceRead, differenceSettle } from './sources/differences.ts'
import { sourceDeliver, sourceFolder, sourceList, sourceSet } from './sources/sources.ts'
import { catalogueDictionary } from './catalogue/dictionary-file.ts'
import { importCommit } from './import/commit.ts'
import { importCheckFolder, importDropRun, importRun, importRuns } from './import/folder.ts'
import {
  importBatches,
  importDecide,
  importForget,
  importPeople,
  importPreview,
  importProfiles,
  importRows,
  importSuggest,
} from './import/import.ts'
import {
  quarantineList,
  quarantineMend,
  quarantineRead,
  quarantineRetry,
  quarantineSettle,
} from './import/quarantine.ts'
import { importTemplate } from './import/template.ts'
import { logList, logRebuild, logVerify } from './log/log.ts'
import { memberConfirm } from './members/confirm.ts'
import { memberBound, memberCommits } from './members/ends.ts'
import { epochFinish, epochStart } from './members/epochs.ts'
import { forkConfirm, forkSettle } from './members/fork.ts'
import { memberDeputise, memberGrant, memberRevoke } from './members/grants.ts'
import {
  memberInvite,
  memberRemove,
  memberReset,
  memberResume,
  memberSuspect,
  memberSuspend,
} from './members/keys.ts'
import { memberList, memberRead } from './members/list.ts'
import { memberTasks } from './members/tasks.ts'
import { memberTie } from './members/tie.ts'
import { paperAttach, paperStrike } from './paper/attach.ts'
import { paperLocate, paperPlaces } from './paper/places.ts'
import { paperBlank, paperPrint } from './paper/print.ts'
import { volumeList, volumePrint, volumeRule, volumeSet } from './paper/volumes.ts'
import { reviewDecide, reviewReturn } from './review/decide.ts'
import { reviewAssign, reviewCandidates } from './review/assign.ts'
import { reviewAgreement } from './review/agreement.ts'
import { reviewCompare } from './review/compare.ts'
import { faultAnswer, faultFind, faultHands, faultList, faultPrint } from './review/faults.ts'
import { objectionSettle } from './review/late.ts'
import { reviewProof } from './review/proof.ts'
import { queryAnswer, queryAsk, queryList, queryResolve } from './review/queries.ts'
import { reviewRekey } from './review/rekey.ts'
import { reviewConvene, reviewEscalate } from './review/settle.ts'
import { reviewAdjudicate, reviewOpen, reviewSign } from './review/open.ts'
import { reviewDraw, reviewLots } from './review/lots.ts'
import { reviewBatch, reviewQueue } from './review/queue.ts'
import { workbenchRead } from './review/workbench.ts'
import { unitComplete, unitFound, unitFounding } from './session/founding.ts'
import { recoveryUse } from './session/recovery.ts'
import {
  accountRead,
  keyFileNew,
  keyFileSet,
  memberPassword,
  systemSlotDrop,
  systemSlotMake,
} from './session/own-slot.ts'
import { sessionLock, sessionResume, sessionStatus, sessionUnlock } from './session/session.ts'
import { unitRead } from './session/unit.ts'
import { calendarRead, calendarSet, deadlinesSet } from './settings/calendar.ts'
import { lineList, memberLine } from './members/line.ts'
import { reviewHandover, reviewHolders } from './review/handover.ts'
import { reviewWorkload } from './review/workload.ts'
import { settingsRead, settingsSet } from './settings/settings.ts'
import { importBrowse, syncBrowse } from './sync/browse.ts'
import { syncStatus } from './sync/status.ts'
import { reviewRefer } from './review/refer.ts'
import { directiveFetch } from './sync/directives.ts'
import { syncDeliver, syncExport, syncReceive, upstreamConfirm, upstreamPropose } from './sync/sync.ts'

/** Procedures that may be called without an open vault. */
export const openHandlers = {
  'session.status': sessionStatus,
  'session.unlock': sessionUnlock,
  'session.resume': sessionResume,
  'session.lock': sessionLock,
  'unit.found': unitFound,
  'unit.founding': unitFounding,
  'unit.complete': unitComplete,
  'join.status': joinStatus,
  'join.browse': joinBrowse,
  'join.ask': joinAsk,
  'join.save': joinSave,
  'join.send': joinSend,
  'join.receive': joinReceive,
  'join.fetch': joinFetch,
  'join.cancel': joinCancel,
  'recovery.use': recoveryUse,
} as const satisfies { readonly [Name in ProcedureName]?: Handler<Name> }

/** Procedures that need one. */
export const unlockedHandlers = {
  'account.read': accountRead,
  'member.password': memberPassword,
  'member.list': memberList,
  'member.read': memberRead,
  'member.tasks': memberTasks,
  'member.invite': memberInvite,
  'member.grant': memberGrant,
  'member.deputise': memberDeputise,
  'member.revoke': memberRevoke,
  'member.confirm': memberConfirm,
  'member.reset': memberReset,
  'member.suspect': memberSuspect,
  'member.suspend': memberSuspend,
  'member.resume': memberResume,
  'member.remove': memberRemove,
  'member.tie': memberTie,
  'member.commits': memberCommits,
  'member.bound': memberBound,
  'epoch.start': epochStart,
  'epoch.finish': epochFinish,
  'fork.settle': forkSettle,
  'fork.confirm': forkConfirm,
  'keyfile.new': keyFileNew,
  'keyfile.set': keyFileSet,
  'systemslot.make': systemSlotMake,
  'systemslot.drop': systemSlotDrop,
  'settings.read': settingsRead,
  'settings.set': settingsSet,
  'calendar.read': calendarRead,
  'calendar.set': calendarSet,
  'deadlines.set': deadlinesSet,
  'line.list': lineList,
  'member.line': memberLine,
  'review.holders': reviewHolders,
  'review.handover': reviewHandover,
  'review.workload': reviewWorkload,
  'unit.read': unitRead,
  'workbench.read': workbenchRead,
  'catalogue.read': catalogueRead,
  'catalogue.versions': catalogueVersions,
  'catalogue.version': catalogueVersion,
  'catalogue.propose': cataloguePropose,
  'catalogue.confirm': catalogueConfirm,
  'catalogue.refuse': catalogueRefuse,
  'cadre.list': cadreList,
  'dossier.list': dossierList,
  'dossier.facets': dossierFacets,
  'dossier.export': dossierExport,
  'cadre.tag': cadreTag,
  'cadre.tags': cadreTags,
  'due.summary': dueSummary,
  'due.list': dueList,
  'due.seen': dueSeen,
  'cadre.stage': cadreStage,
  'source.list': sourceList,
  'source.set': sourceSet,
  'source.deliver': sourceDeliver,
  'source.folder': sourceFolder,
  'source.arrivals': sourceArrivals,
  'source.take': sourceTake,
  'difference.list': differenceList,
  'difference.read': differenceRead,
  'difference.settle': differenceSettle,
  'difference.judge': differenceJudge,
  'catalogue.dictionary': catalogueDictionary,
  'cadre.stages': cadreStages,
  'twin.count': twinCount,
  'twin.list': twinList,
  'twin.compare': twinCompare,
  'twin.near': twinNear,
  'twin.propose': twinPropose,
  'twin.undo': twinUndo,
  'twin.confirm': twinConfirm,
  'twin.refuse': twinRefuse,
  'view.list': viewList,
  'view.save': viewSave,
  'view.drop': viewDrop,
  'cadre.open': cadreOpen,
  'cadre.read': cadreRead,
  'cadre.print': cadrePrint,
  'record.read': recordRead,
  'record.submit': recordSubmit,
  'record.check': recordCheck,
  'record.unchanged': recordUnchanged,
  'record.withdraw': recordWithdraw,
  'upload.begin': uploadBegin,
  'upload.append': uploadAppend,
  'upload.discard': uploadDiscard,
  'evidence.read': evidenceRead,
  'paper.blank': paperBlank,
  'paper.print': paperPrint,
  'paper.locate': paperLocate,
  'paper.places': paperPlaces,
  'paper.attach': paperAttach,
  'paper.strike': paperStrike,
  'volume.list': volumeList,
  'volume.set': volumeSet,
  'volume.rule': volumeRule,
  'volume.print': volumePrint,
  'disclosure.policy': disclosurePolicyRead,
  'disclosure.tasks': disclosureTasks,
  'transfer.card': transferCard,
  'transfer.read-card': transferReadCard,
  'transfer.able': transferAble,
  'transfer.list': transferList,
  'transfer.hand-over': transferHandOver,
  'transfer.export': transferExport,
  'transfer.cancel': transferCancel,
  'transfer.acknowledge': transferAcknowledge,
  'transfer.receive': transferReceive,
  'transfer.incoming': transferIncoming,
  'transfer.match': transferMatch,
  'transfer.answer': transferAnswer,
  'transfer.receipt': transferReceipt,
  'transfer.appendix': transferAppendix,
  'register.list': registerList,
  'copy.make': copyMake,
  'copy.request': copyRequest,
  'copy.approve': copyApprove,
  'copy.refuse': copyRefuse,
  'copy.issue': copyIssue,
  'correction.request': correctionRequest,
  'correction.answer': correctionAnswer,
  'import.profiles': importProfiles,
  'import.suggest': importSuggest,
  'import.preview': importPreview,
  'import.rows': importRows,
  'import.commit': importCommit,
  'import.batches': importBatches,
  'import.people': importPeople,
  'import.decide': importDecide,
  'import.forget': importForget,
  'import.template': importTemplate,
  'import.browse': importBrowse,
  'import.check-folder': importCheckFolder,
  'import.run': importRun,
  'import.runs': importRuns,
  'import.drop-run': importDropRun,
  'quarantine.read': quarantineRead,
  'quarantine.mend': quarantineMend,
  'quarantine.retry': quarantineRetry,
  'quarantine.list': quarantineList,
  'quarantine.settle': quarantineSettle,
  'review.queue': reviewQueue,
  'review.batch': reviewBatch,
  'review.lots': reviewLots,
  'review.draw': reviewDraw,
  'review.decide': reviewDecide,
  'review.rekey': reviewRekey,
  'review.candidates': reviewCandidates,
  'review.assign': reviewAssign,
  'review.escalate': reviewEscalate,
  'review.refer': reviewRefer,
  'review.convene': reviewConvene,
  'review.proof': reviewProof,
  'review.compare': reviewCompare,
  'review.agreement': reviewAgreement,
  'query.list': queryList,
  'query.ask': queryAsk,
  'query.answer': queryAnswer,
  'query.resolve': queryResolve,
  'fault.hands': faultHands,
  'fault.find': faultFind,
  'objection.settle': objectionSettle,
  'fault.answer': faultAnswer,
  'fault.list': faultList,
  'fault.print': faultPrint,
  'review.return': reviewReturn,
  'review.open': reviewOpen,
  'review.adjudicate': reviewAdjudicate,
  'review.sign': reviewSign,
  'log.list': logList,
  'log.verify': logVerify,
  'log.rebuild': logRebuild,
  'sync.status': syncStatus,
  'sync.browse': syncBrowse,
  'sync.export': syncExport,
  'sync.deliver': syncDeliver,
  'directive.fetch': directiveFetch,
  'sync.receive': syncReceive,
  'exchange.export': exchangeExport,
  'device.list': deviceList,
  'device.admit': deviceAdmit,
  'device.remove': deviceRemove,
  'device.package': devicePackage,
  'device.interfaces': deviceInterfaces,
  'device.await': deviceAwait,
  'device.offer': deviceOffer,
  'device.listener': deviceListener,
  'device.close': deviceClose,
  'upstream.propose': upstreamPropose,
  'upstream.confirm': upstreamConfirm,
  'access.index': accessIndex,
  'access.list': accessList,
  'access.unusual': accessUnusual,
  'access.note': accessNote,
  'access.export': accessExport,
  'incident.report': incidentReport,
  'incident.list': incidentList,
  'incident.print': incidentPrint,
  'incident.update': incidentUpdate,
} as const satisfies {
  readonly [Name in Exclude<ProcedureName, keyof typeof openHandlers>]: UnlockedHandler<Name>
}
