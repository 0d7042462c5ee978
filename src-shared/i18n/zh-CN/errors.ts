import type { ErrorCode } from '../../kernel/errors.ts'
import { catalogueErrorMessages } from './catalogue-errors.ts'
import { directiveErrorMessages } from './directive-errors.ts'
import { entryErrorMessages } from './entry-errors.ts'
import { evidenceErrorMessages } from './evidence-errors.ts'
import { hubErrorMessages } from './hub-errors.ts'
import { importErrorMessages } from './import-errors.ts'
import { transferErrorMessages } from './transfer-errors.ts'
import { objectionErrorMessages } from './objection-errors.ts'

/** Every refusal in plain words: what happened, what is safe, what to do. */
export const errorMessages = {
  ...transferErrorMessages,
  ...evidenceErrorMessages,
  'error.format/not-canonical':
    '数据的书写形式不规范，未予读取。现有档案未受影响。请向提供方重新索取原文件。',
  'error.format/too-large': '数据超过允许的大小，未予读取。现有档案未受影响。请分成几份后重试。',
  'error.format/invalid': '数据格式不正确，未予读取。现有档案未受影响。请核对来源，或重新导出后再试。',

  'error.commit/envelope': '一条变更的签名封装不正确，未予接受。现有档案未受影响。请向来源方重新索取。',
  'error.commit/signature':
    '一条变更的签名核对不通过，内容可能被改动，未予接受。现有档案未受影响。请报告安全保密管理员。',
  'error.commit/key-unknown':
    '一条变更的签名密钥不在本单位名册中，未予接受。现有档案未受影响。请先导入对方的最新授权变更。',
  'error.commit/key-weak': '该公钥不安全，任何人都可能冒用，未予登记。现有档案未受影响。请重新生成密钥。',
  'error.commit/header': '一条变更的记载项目不完整或不正确，未予接受。现有档案未受影响。请向来源方重新索取。',
  'error.commit/body-digest':
    '一条变更的正文与其摘要不符，内容可能被改动。其余内容未受影响。请停止使用该文件并报告安全保密管理员。',
  'error.commit/body-missing':
    '一条变更缺少正文，且没有允许缺少的理由。现有档案未受影响。请向来源方索取完整文件。',

  'error.log/chain':
    '变更日志前后衔接不上，可能缺失或被改动。未作任何更改。请运行“完整性校验”，并报告安全保密管理员。',
  'error.log/sequence': '变更的序号不对，未予接受。现有档案未受影响。请向来源方重新索取。',
  'error.log/fork':
    '同一设备出现两套不一致的变更日志，可能有人复制了数据目录。现有档案保持原样。请停用该设备，并报告安全保密管理员。',
  'error.log/gap': '中间缺少一段变更，暂时无法接续。现有档案未受影响。请先导入较早的同步包。',
  'error.log/rollback':
    '收到的变更日志比已确认的更短，可能是旧备份覆盖了新数据。现有档案保持原样。请勿继续录入，并报告安全保密管理员。',
  'error.log/root':
    '变更日志的汇总校验值不符，内容可能被改动。未作任何更改。请运行“完整性校验”，并报告安全保密管理员。',
  'error.log/checkpoint': '校验点不正确或签名不符，未予采信。现有档案未受影响。请重新取得校验点后再核对。',
  'error.log/authority-backward':
    '一条变更引用了过时的授权，不作数。其他变更未受影响。请由签署人更新后重新办理。',
  'error.log/unknown-action':
    '变更日志中有本版本不认识的操作，此后的内容暂不显示。数据已完整保留。请升级程序后再打开。',
  'error.log/evidence':
    '佐证材料与登记的校验值不符，可能损坏或被替换。条目内容未受影响。请从备份恢复该材料，并报告安全保密管理员。',
  'error.log/projection':
    '数据表与变更日志不一致，数据表可能被改动。变更日志完好。请报告系统管理员，按日志重建数据表。',

  'error.authority/unknown': '找不到这条变更所依据的授权，不作数。其他变更未受影响。请先导入最新的授权变更。',
  'error.authority/not-founded':
    '本单位尚未完成建档，或建档变更不正确。未作任何更改。请按“首次使用”的步骤完成建档。',
  'error.authority/key-not-in-force':
    '签名密钥此时不在有效期内，这条变更不作数。其他变更未受影响。请由有效密钥的持有人重新办理。',
  'error.authority/role-not-in-force':
    '签署人此时没有相应角色，这条变更不作数。其他变更未受影响。请由安全保密管理员授权并经确认后重新办理。',
  'error.authority/role-exclusion': '这些角色不能由同一人兼任，未予授权。现有授权不变。请另选人员。',
  'error.authority/action-not-permitted':
    '以该角色不能办理此事，操作不作数。档案未受影响。请由有权限的同事办理。',
  'error.authority/after-removal':
    '该密钥已被移除，此后签署的变更一律不作数。此前的变更仍然有效。请由本人用新密钥重新办理。',
  'error.authority/forked':
    '授权出现两个不同的版本，新的授权暂不生效，已作出的撤销仍然有效。请两名有权限的人员核对后选定。',
  'error.authority/wrong-compartment':
    '这条变更放错了数据分区，不作数。其他变更未受影响。请在正确的分区重新办理。',
  'error.authority/not-wrapped':
    '这个角色所需的密钥还没有交给本人，不能生效。现有授权不变。请由持有密钥的人先确认交付。',
  'error.authority/not-a-holder':
    '您没有持有这个分区的密钥，不能交付或更换它。没有任何改变。请由持有人办理。',
  'error.authority/nobody-left':
    '这样做之后，本单位将没有在用密钥的审签人、安全保密管理员或其他办理档案的人员，未予执行。现有授权不变。请先授权他人并经确认。',
  'error.authority/holder-left-out':
    '更换密钥时漏掉了应当持有的人或恢复单，未予更换。原密钥继续有效。请重新办理。',
  'error.authority/device':
    '设备未登记，或登记信息有冲突，操作不作数。现有档案未受影响。请由安全保密管理员登记该设备。',

  'error.review/no-such-revision':
    '找不到要办理的版本，操作不作数。档案未受影响。请刷新列表，或先导入最新的同步包。',
  'error.review/author-is-reviewer':
    '录入人不能复核自己录入的内容，操作不作数。原内容未变。请由另一位复核员办理。',
  'error.review/same-person-twice':
    '您已对该版本提出过意见，不能重复提出。原意见仍然保留。请由另一位复核员提出第二份意见。',
  'error.review/signer-took-part':
    '签字或拆封的人参加过录入、复核或审核，操作不作数。原内容未变。请由未参与的审签人办理。',
  'error.review/adjudicator-took-part':
    '参加过录入或复核的人不能作专题审核，操作不作数。两份意见仍然保留。请由未参与的人员办理。',
  'error.review/about-oneself': '不能办理关于本人的档案条目，操作不作数。档案未受影响。请由其他同事办理。',
  'error.review/not-open-for-opinion':
    '该版本现在不接受复核意见，操作不作数。原内容未变。请刷新后查看它的办理状态。',
  'error.review/not-unopened': '该版本没有等待拆封的意见，操作不作数。原内容未变。请刷新后查看它的办理状态。',
  'error.review/not-agreed': '该版本尚未复核一致，不能签字。原内容未变。请等复核或专题审核完成后再签。',
  'error.review/not-disputed': '该版本没有意见分歧，不需要专题审核。原内容未变。请刷新后查看它的办理状态。',
  'error.review/commitment-mismatch':
    '拆封的意见与提交时的封存值不符，拆封不作数。两份意见仍然封存。请核对后重新拆封，仍不符请报告安全保密管理员。',
  'error.review/opinion-copied':
    '这份意见的封存值与另一份相同，疑似照抄，不作数。已有意见仍然保留。请独立复核后重新提出。',
  'error.review/not-author': '只有录入人本人可以撤回，操作不作数。原内容未变。请联系录入人。',
  'error.review/after-signature': '作出时尚不知道该版本已签字，签字时也未收到它；已签字的内容不因它改变。',
  'error.review/too-late':
    '已有复核意见，不能再撤回。原内容未变。需要修改时，请由复核员退回补正，或归档后提交更正。',
  'error.review/parent-unknown':
    '所更正的版本不存在或尚未归档，操作不作数。档案未受影响。请刷新后，在已归档的版本上更正。',
  'error.review/category-changed':
    '更正时不能改变干部或采集类别，操作不作数。档案未受影响。请在正确的类别下新建条目。',
  'error.review/conflict':
    '该条目有两个互相冲突的版本。两个版本都已保留，没有自动取舍。请由人工核对后提交第三个版本确定。',
  'error.review/revision-twice': '该版本已经提交过，未重复登记。原内容未变。无需再办理。',
  'error.review/opinion-unopenable':
    '封存的意见无法打开或内容不完整。条目未受影响，该轮意见不作数。请两位复核员重新提出意见。',
  'error.review/no-evidence':
    '该类别必须附佐证材料，未予提交。填写的内容仍在草稿中。请添加佐证材料后再提交。',
  'error.review/kin': '您与该干部有亲属关系或回避登记，应当回避，未作办理。请交由其他人员办理。',
  'error.review/reporting-line': '您与该干部有上下级关系，此类别要求回避，未作办理。请交由其他人员办理。',
  'error.review/no-reviewer':
    '没有可以指派的复核人（录入人、本人和近亲属除外），未指派。条目仍在待复核中。请先由安全保密管理员授权复核员。',
  'error.review/rekey':
    '这个类别要求复核人先对照佐证重新录入关键字段，意见未提交。已填的内容仍在页面上。请先完成双录比对。',
  'error.review/rekey-differs':
    '双录比对不一致而意见为同意的，须写明原因，意见未签署。已填的内容仍在页面上。请补充说明后再签署。',
  'error.review/not-in-group': '这一条由专题小组集体审核，您不在小组内，未作处理。请由小组成员办理。',
  'error.review/not-able':
    '所选人员中有人没有审定这一条的授权，或者是其本人，未成立小组。原有安排不变。请改选其他人。',
  'error.review/unopened-opinions': '已有复核意见尚未拆封，不能审定。意见仍然密封。请审签人先拆封。',
  'error.review/query-unknown': '这个质询不存在或已经办结，未作处理。原有问答不变。请刷新后再看。',
  'error.review/query-not-yours':
    '质询由录入人答复、由提出人办结，您不能代办。原有问答不变。请转告本人办理。',
  'error.review/fault-unknown': '这条差错认定不存在或已经登记过，未作处理。原有登记不变。请刷新后再看。',
  'error.review/fault-traced':
    '差错只能追溯到经手这个版本的人，且不能由本人认定，未登记。请核对经手人后重试。',
  'error.review/no-sampling':
    '这个类别不允许抽样复核，或者行数太少、抽样不比逐行看省事，未作处理。各行仍待复核。请逐行复核。',
  'error.review/drawn':
    '这一行在抽样复核的批次里，不能单独办理，未作处理。原有状态不变。请在批次页面上整批办理。',
  'error.review/drawn-twice':
    '这些行已经抽过一次样，不能再抽，未重新抽取。原有抽样结果不变。请按已有的抽样办理。',
  'error.review/draw-rows':
    '所报的行与抽样登记的行不一致，未作处理。原有状态不变。请刷新批次页面，把抽中的行全部看完后再签署。',
  'error.review/draw-broken':
    '批次里有的行已经不在这次抽样之内，抽样不能再作依据，意见未签署。各行仍待复核。请整批退回补正，重新提交。',
  'error.review/drawer-decides':
    '抽样由您抽取，复核须由别人进行，意见未签署。批次仍待复核。请由其他复核员办理。',
  'error.review/not-drawn': '这次抽样对这一行不起作用，未作处理。原有状态不变。请刷新后按页面显示办理。',
  'error.review/sample-contradicted':
    '复核人对整批的意见与其对抽中各行的意见自相矛盾，未予采用。条目未受影响。请两位复核员重新提出意见。',
  'error.review/not-a-member-cadre':
    '该用户未与干部档案对应，无法判断回避关系，操作未执行。档案未受影响。请安全保密管理员先完成对应。',

  'error.vault/none': '本机还没有档案库。没有数据受影响。请新建档案库，或从备份恢复。',
  'error.vault/exists': '该位置已有档案库，未予覆盖。原档案库完好。请直接打开，或另选一个空文件夹。',
  'error.vault/locked': '档案库已锁定，操作未执行。已保存的内容都在。请重新登录后再试。',
  'error.vault/in-use': '档案库正被另一个窗口或程序使用。档案库完好。请先关闭那一个，再重新打开。',
  'error.vault/wrong-password':
    '密码或密钥文件不正确。档案库完好。请检查大小写和输入法后重试；忘记密码请联系安全保密管理员。',
  'error.vault/slow-down': '连续输错多次，暂时不能登录。档案库完好。请稍等片刻再试。',
  'error.vault/key-file-needed':
    '这个账户登录时还要密钥文件。档案库完好，没有任何改动。请插上存有密钥文件的U盘，选择该文件后再登录。',
  'error.vault/key-file-wrong':
    '所选的文件不是这个账户的密钥文件，或已损坏。档案库完好。请改选正确的文件；找不到时由安全保密管理员和持钥人重新授权。',
  'error.vault/system-slot-none':
    '本机没有可用的系统凭据（可能已关闭，或密码、密钥改过）。档案库完好。请用密码登录，需要时在“设置”中重新开启。',
  'error.vault/system-storage-unsafe':
    '这台机器的系统凭据存储起不到保护作用，不能开启。没有保存任何内容。请继续用密码登录。',
  'error.vault/slot-damaged':
    '您的登录密钥文件已损坏，无法打开。档案数据完好。请由安全保密管理员和密钥持有人当面为您重新签发。',
  'error.vault/damaged':
    '档案库文件已损坏，程序没有改动它。请勿继续录入，请先把档案库文件夹整个复制一份，再从最近的备份恢复。',
  'error.vault/from-the-future': '档案库由更新版本的程序写成，本版本不能打开。档案库完好。请升级程序。',
  'error.vault/compartment-closed':
    '您没有打开该数据分区的密钥。档案未受影响。确因工作需要，请由安全保密管理员和持有人授权。',
  'error.vault/rekeying': '该数据分区正在更换密钥。档案不会丢失，断电也不会。请等待完成后再操作。',
  'error.vault/disk-full': '磁盘空间不足，本次内容没有保存，此前保存的都在。请清理磁盘后重试。',

  'error.member/login-taken':
    '已有用户使用这个登录名，未作更改。现有用户不受影响。请换一个登录名；此人曾是用户的，请在其名下恢复。',
  'error.member/oneself': '不能对自己办理这一项，未作更改。现有授权不受影响。请由另一名有权的人办理。',
  'error.member/last-secadmin':
    '这是唯一的安全保密管理员，未作更改。现有授权不受影响。请先增加另一名并完成确认；已无法登录的，凑齐恢复纸办理。',
  'error.member/last-approver':
    '这是唯一的审签人，未作更改。现有授权不受影响。请先增加另一名并完成确认；已无法登录的，凑齐恢复纸办理。',
  'error.member/last-holder':
    '有一把密钥只有此人持有，收回后无人能够打开，因此未作更改。数据和密钥都在。请先增加另一名同样职责的用户并完成确认；已无法登录的，凑齐恢复纸办理。',
  'error.member/has-key': '此用户仍有有效的密钥，未作更改。其账号可照常使用。忘记密码请用“重设密码”。',
  'error.member/no-key':
    '此用户没有有效的密钥，未作更改。此前的签名仍然有效。请先恢复该用户，由其当面设置密码。',
  'error.member/key-changed':
    '此用户的密钥刚刚变更，与您核对的不同，未予确认。现有授权不受影响。请刷新后重新当面核对指纹。',
  'error.member/nothing-due': '没有需要您办理的内容，未作更改。可能已由他人办理。请刷新后查看。',
  'error.member/not-granted':
    '被代理人没有这个角色的有效授权，未作更改。现有授权不受影响。请核对被代理人和角色。',

  'error.recovery/holder-is-administrator':
    '恢复单的保管人中有管理员，未建立单位。没有写入任何内容。请改由不担任管理员的人保管。',
  'error.recovery/no-founding':
    '没有等待核对的恢复单：程序中途结束过，单位没有建立。没有写入任何档案。请销毁已打印的恢复单，重新建立单位。',
  'error.recovery/sheet-incomplete':
    '有一张恢复单没有抄全，未作任何更改。已输入的内容仍在页面上。请对照纸面补齐九行，每行六组、每组四个字符。',
  'error.recovery/sheet-line':
    '有一行与纸面不符，未作任何更改。已输入的内容仍在页面上。请对照纸面逐组核对标出的那一行。',
  'error.recovery/sheet-version':
    '恢复单由更新版本的程序打印，本版本不能识别。未作任何更改。请升级程序后再试。',
  'error.recovery/sheet-wrong':
    '有一张恢复单各行都对得上，合起来却不是一张完整的恢复单，未作任何更改。请确认没有把不同纸上的行混在一起，再从头输入这一张。',
  'error.recovery/sheet-repeated': '同一张恢复单输入了两次，未作任何更改。请换另一名保管人的恢复单。',
  'error.recovery/sheets-mixed':
    '恢复单不是同一单位、同一次打印的，不能合用。未作任何更改。请核对单位名称和打印日期，改用同一套的恢复单。',
  'error.recovery/sheets-too-few': '恢复单份数不够，未作任何更改。请再请一名保管人带恢复单到场。',
  'error.recovery/sheets-open-nothing':
    '这些恢复单打不开本单位的档案库，未作任何更改。现有档案未受影响。请核对是否为本单位的恢复单，并报告上级。',
  'error.recovery/no-such-member':
    '没有使用这个登录名的在册用户，或其从未有过经确认的角色，未作任何更改。现有档案未受影响。请核对登录名。',

  'error.call/unknown-procedure':
    '程序的界面与后台版本不一致，操作未执行。档案未受影响。请关闭程序后重新打开。',
  'error.call/invalid-input': '填写的内容不符合要求，操作未执行。档案未受影响。请按提示修改后再试。',
  'error.call/not-permitted': '您的角色不能办理此事，操作未执行。档案未受影响。请由有权限的同事办理。',
  'error.call/not-found': '找不到所要的内容，可能已变化或无权查看。档案未受影响。请刷新后再试。',
  'error.call/cancelled': '操作已取消，没有保存任何更改。需要时可以重新开始。',
  'error.call/core-ended':
    '后台程序意外结束，正在办理的这一步可能没有保存，此前保存的都在。请重新登录后核对。',
  'error.call/internal':
    '程序内部出错，操作未执行。已保存的内容都在。请重试；仍然出错，请记下错误代码并联系系统管理员。',

  'error.access/purpose-needed':
    '需要先说明查阅目的，内容没有显示。档案未受影响。请说明目的后再打开；目的会记入访问记录。',
  'error.access/purpose-unknown':
    '查阅目的不在清单中，或缺少说明，内容没有显示。档案未受影响。请重新选择并写明。',
  'error.disclosure/request-twice':
    '这一编号的申请已经登记过，这次登记不作数。已有的申请未受影响。请刷新后再试。',
  'error.disclosure/no-such-request': '没有这份申请，操作没有进行。档案未受影响。请刷新后核对申请登记簿。',
  'error.disclosure/own-request':
    '不能审批自己提出的申请，操作没有进行。档案未受影响。请由另一名有权限的用户办理。',
  'error.disclosure/already-answered':
    '这份申请已经办结，操作没有进行。原结果未受影响。请刷新后查看；如仍需要，请另行申请。',
  'error.disclosure/not-approved':
    '含纪检保密内容的复制件须先经另一人签字同意，没有生成任何内容。档案未受影响。请先提出申请并等待审批。',
  'error.disclosure/not-requester':
    '只有申请人本人可以按批准生成，没有生成任何内容。批准仍然有效。请由申请人办理。',
  'error.disclosure/used':
    '这份批准已经用过，没有生成任何内容。此前的复制件已登记在案。如需再次打印或导出，请重新申请。',
  'error.disclosure/other-scope':
    '要生成的内容与批准的内容不一致，没有生成任何内容。档案未受影响。请重新申请。',
  'error.disclosure/other-record':
    '提交的版本与更正申请所指的条目不是同一条，没有提交。档案未受影响。请从该申请进入更正。',
  'error.disclosure/no-revision':
    '答复“已更正”须指明为该申请提交的版本，没有签字。申请未受影响。请先完成更正，或答复不予更正并说明理由。',
  'error.disclosure/nothing-to-copy':
    '所选范围内没有已归档的内容，没有生成任何内容。档案未受影响。请另选范围。',
  'error.disclosure/needs-request':
    '所选范围含纪检保密内容，须先经另一人签字同意，没有生成任何内容。档案未受影响。请提出申请，或缩小范围。',
  'error.disclosure/changed':
    '申请之后档案内容有了变化，没有生成任何内容。档案未受影响。请按现在的内容重新申请。',
  'error.disclosure/not-archived':
    '更正版本还没有归档，不能答复“已更正”。申请未受影响。请等复核和责任签字完成后再答复。',
  'error.entry/invalid-values': '有的项目填写不正确，未予提交。填写的内容仍在草稿中。请按标出的提示修改。',
  'error.entry/stale-parent':
    '您填写期间，该条目已有新的归档版本，未予提交。填写的内容仍在草稿中。请对照新版本修改后再提交。',
  'error.entry/cadre-unknown': '找不到这名干部的档案，操作未执行。请核对，或先为其建立廉政档案。',
  'error.disclosure/too-many-lines': '名单超过 {most} 行，未导出任何文件。请用筛选缩小范围后分次导出。',
  'error.dossier/too-many-tags': '一份档案最多 {most} 个标签，未再添加。请先去掉不用的标签。',
  'error.dossier/too-many-views': '最多保存 {most} 个视图，未再保存。请先删除不用的视图。',
  'error.entry/cadre-exists': '这名干部的廉政档案已经存在，未重复建立。原档案未变。请直接打开。',

  ...entryErrorMessages,
  ...importErrorMessages,
  ...objectionErrorMessages,
  ...directiveErrorMessages,
  ...hubErrorMessages,
  ...catalogueErrorMessages,

  'error.bundle/not-a-bundle': '所选文件不是同步包。现有档案未受影响。请选择扩展名为 .liandang 的文件。',
  'error.bundle/wrong-recipient':
    '该同步包不是发给本单位或本数据分区的，无法打开。现有档案未受影响。请与发送方核对收件单位。',
  'error.bundle/truncated':
    '同步包不完整，可能复制时被中断。未导入任何内容，现有档案未受影响。请重新复制后再导入。',
  'error.bundle/damaged': '同步包已损坏。未导入任何内容，现有档案未受影响。请重新复制，或向发送方重新索取。',
  'error.bundle/unsafe-path':
    '同步包内有不安全的文件路径，已拒绝。现有档案未受影响。请勿再使用该文件，并报告安全保密管理员。',
  'error.bundle/medium':
    '这个盘放不下这么大的文件（FAT32 格式的盘，一个文件不能到 4 GiB），未留下任何文件。请换用 exFAT 或 NTFS 格式的盘，或先导出到本机硬盘。',
  'error.bundle/too-large':
    '同步包超过允许的大小，未导入任何内容。现有档案未受影响。请让发送方改用增量导出，多导几次。',
  'error.bundle/ratio':
    '同步包解压后异常膨胀，已中止。现有档案未受影响。请勿再使用该文件，并报告安全保密管理员。',
  'error.bundle/layout': '同步包的内部结构不正确，未导入任何内容。现有档案未受影响。请向发送方重新索取。',
  'error.bundle/fixity':
    '同步包内有文件与清单的校验值不符，未导入任何内容。现有档案未受影响。请重新复制，或向发送方重新索取。',
  'error.bundle/signature':
    '同步包的签名核对不通过，可能被改动，未导入任何内容。现有档案未受影响。请报告安全保密管理员。',
  'error.bundle/unknown-unit':
    '不认识同步包所属的单位，未导入任何内容。现有档案未受影响。请先完成该单位的登记。',
  'error.bundle/unknown-device':
    '不认识制作同步包的设备，未导入任何内容。现有档案未受影响。请先登记该设备，或导入其登记变更。',
  'error.bundle/missing-prerequisite':
    '缺少此前的同步包，暂不能导入。现有档案未受影响。请先导入较早的同步包。',
  'error.bundle/gap':
    '同步包与现有的变更日志之间缺少一段，未导入任何内容。现有档案未受影响。请索取缺少的同步包，或一份完整同步包。',
  'error.bundle/fork':
    '同步包与已收到的变更日志互相矛盾，未导入任何内容。现有档案未受影响。请报告安全保密管理员，查明是否有人复制了数据目录。',
  'error.bundle/rollback':
    '同步包的内容比已收到的更旧，未导入任何内容。现有档案未受影响。请核对是否拿错文件，或对方是否恢复过旧备份。',
  'error.bundle/same-id-other-bytes':
    '同一编号的同步包内容却不同，未导入任何内容。现有档案未受影响。请向发送方核对，并报告安全保密管理员。',
  'error.bundle/kind': '这种同步包不能在这里导入，未作任何更改。请核对文件，或换到相应的功能中导入。',
  'error.bundle/nothing-new': '没有新的内容需要导出，未生成同步包。已有的数据和回执都在。无需办理。',
  'error.bundle/folder-unusable':
    '所选文件夹不能读写。档案未受影响。请检查 U 盘是否插好、是否写保护，或另选文件夹。',

  'error.device/request-wrong':
    '这不是完整的加入申请，或内容被改动，未予读取。档案未受影响。请在新电脑上重新保存申请文件。',
  'error.device/code-wrong':
    '代码与文件不符：可能抄错，也可能文件被人换过。未作任何更改。请看着对方屏幕重新逐字输入；仍不一致就不要继续，并报告安全保密管理员。',
  'error.device/known': '这台电脑已经登记过。未作任何更改。请直接为它制作加入文件，或在那台电脑上重新申请。',
  'error.device/not-asked': '这台电脑还没有提出加入申请。未作任何更改。请先填写电脑名称并生成申请。',
  'error.device/package-wrong':
    '加入文件不完整，或不是给这台电脑的。这台电脑上没有留下任何内容。请在已有电脑上重新制作。',
  'error.device/not-admitted':
    '加入文件里没有对这台电脑的登记。这台电脑上没有留下任何内容。请安全保密管理员先登记，再重新制作加入文件。',
  'error.device/this-one': '不能停用正在使用的这台电脑。未作任何更改。请到另一台电脑上停用它。',
  'error.device/last': '这是单位最后一台可用的电脑，不能停用。未作任何更改。请先让另一台电脑加入。',
  'error.device/address': '地址不正确。未作任何更改。请照对方屏幕输入，例如 192.168.1.5:47100。',
  'error.device/unreachable':
    '连接不上对方电脑。未作任何更改。请核对地址，确认两台电脑在同一网络、对方没有锁定，并允许防火墙的提示；也可以改用 U 盘。',
  'error.device/not-listening': '现在没有等待连接，或已经结束。档案未受影响。请重新开始。',

  'error.hub/none': '尚未登记上级节点。档案未受影响。请安全保密管理员登记上级节点，并由审签人确认后再报送。',
  'error.hub/unreachable': '连不上上级节点。同步包仍在本机，没有丢失。请稍后重试，或改用 U 盘报送。',
  'error.hub/refused': '上级节点拒绝接收。档案未受影响，同步包仍在本机。请按回复的原因处理后重新报送。',
  'error.hub/not-a-card': '所选文件不是上级节点的登记卡，或内容不正确。未作任何登记。请向上级重新索取。',
  'error.hub/receipt-wrong': '回执与本机的变更日志不符，未予采信。档案未受影响。请暂停报送，并与上级核对。',
  'error.hub/pending': '上级节点已收到，正在处理。同步包没有丢失。请稍后再取回执。',

  'error.audit/no-key': '本人没有审计密钥，不能读取访问记录。没有显示任何内容。请由安全审计员登录查看。',
  'error.audit/entry': '这条访问记录不能解读，已按无法解读列出。记录仍在日志中。请与记录的签名人核对。',
  'error.audit/incident': '找不到这条泄密事件登记，或它已办结，未作更改。登记仍在日志中。请刷新后再试。',
} as const satisfies Record<`error.${ErrorCode}`, string>
