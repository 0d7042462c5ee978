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
    'The data is not written in the required form and was not read. Your archive is untouched. Ask the sender for the original file.',
  'error.format/too-large':
    'The data is larger than allowed and was not read. Your archive is untouched. Split it and try again.',
  'error.format/invalid':
    'The data is not in a known format and was not read. Your archive is untouched. Check where it came from, or export it again.',

  'error.commit/envelope':
    'The signed envelope of a change is malformed, so it was not accepted. Your archive is untouched. Ask the source for it again.',
  'error.commit/signature':
    'The signature of a change does not hold, so its content may have been altered. It was not accepted and your archive is untouched. Tell the security administrator.',
  'error.commit/key-unknown':
    'A change was signed with a key that is not on the unit’s roll, so it was not accepted. Your archive is untouched. Import the newest authority changes first.',
  'error.commit/key-weak':
    'This public key is unsafe: anyone could sign as its owner. It was not registered and your archive is untouched. Generate a new key.',
  'error.commit/header':
    'A change has missing or wrong particulars, so it was not accepted. Your archive is untouched. Ask the source for it again.',
  'error.commit/body-digest':
    'The content of a change does not match its digest and may have been altered. Everything else is untouched. Stop using this file and tell the security administrator.',
  'error.commit/body-missing':
    'The content of a change is missing without a reason that allows it. Your archive is untouched. Ask the source for the complete file.',

  'error.log/chain':
    'The change log does not join up: something is missing or was altered. Nothing was changed. Run the integrity check and tell the security administrator.',
  'error.log/sequence':
    'A change has the wrong number, so it was not accepted. Your archive is untouched. Ask the source for it again.',
  'error.log/fork':
    'One device has two change logs that disagree; someone may have copied the data folder. Your archive stays as it was. Stop using that device and tell the security administrator.',
  'error.log/gap':
    'A stretch of changes is missing in between. Your archive is untouched. Import the earlier bundle first.',
  'error.log/rollback':
    'The change log received is shorter than the one confirmed before; an old backup may have replaced newer data. Your archive stays as it was. Enter nothing more and tell the security administrator.',
  'error.log/root':
    'The summary value of the change log does not match, so something may have been altered. Nothing was changed. Run the integrity check and tell the security administrator.',
  'error.log/checkpoint':
    'The checkpoint is malformed or its signature does not hold, so it was not relied on. Your archive is untouched. Obtain the checkpoint again.',
  'error.log/authority-backward':
    'A change refers to outdated authority and does not count. Other changes are untouched. Its signer should update and do it again.',
  'error.log/unknown-action':
    'The change log contains an action this version does not know; what follows is not shown yet. All data is kept. Update the program and open it again.',
  'error.log/evidence':
    'A piece of evidence does not match its registered value; it may be damaged or replaced. The record itself is untouched. Restore it from a backup and tell the security administrator.',
  'error.log/projection':
    'The tables differ from the change log, so the tables may have been altered. The change log is sound. Ask the system administrator to rebuild the tables from it.',

  'error.authority/unknown':
    'The authority this change relies on cannot be found, so it does not count. Other changes are untouched. Import the newest authority changes first.',
  'error.authority/not-founded':
    'The unit has not been founded yet, or its founding change is not valid. Nothing was changed. Complete the founding under “First use”.',
  'error.authority/key-not-in-force':
    'The signing key was not in force, so this change does not count. Other changes are untouched. The holder of a valid key should do it again.',
  'error.authority/role-not-in-force':
    'The signer did not hold the role needed, so this change does not count. Other changes are untouched. Have the role granted and confirmed, then do it again.',
  'error.authority/role-exclusion':
    'One person may not hold these roles together, so nothing was granted. Existing grants are unchanged. Choose someone else.',
  'error.authority/action-not-permitted':
    'This role may not do that, so the action does not count. The archive is untouched. Ask a colleague who may.',
  'error.authority/after-removal':
    'This key was removed; whatever it signed afterwards does not count. Earlier changes remain valid. Its holder should do it again with the new key.',
  'error.authority/forked':
    'Authority exists in two different versions: no new grant takes effect, removals still do. Two people with the right to do so must compare and choose.',
  'error.authority/wrong-compartment':
    'This change stands in the wrong compartment and does not count. Other changes are untouched. Do it again in the right compartment.',
  'error.authority/not-wrapped':
    'The keys this role needs have not been handed over yet, so it cannot take effect. Existing rights are unchanged. A holder must confirm and hand them over first.',
  'error.authority/not-a-holder':
    'You do not hold the key of this compartment, so you cannot hand it over or replace it. Nothing was changed. Ask a holder.',
  'error.authority/nobody-left':
    'This would leave the unit without an approver, a security administrator or anybody else who works on dossiers, and was not done. Permissions are unchanged. Authorize another person first and have it confirmed.',
  'error.authority/holder-left-out':
    'The new key would have left out somebody entitled to it, or the recovery kit, so it was not taken. The old key remains. Please start again.',
  'error.authority/device':
    'The device is not registered, or its registration conflicts, so the action does not count. Your archive is untouched. The security administrator should register it.',

  'error.review/no-such-revision':
    'The revision cannot be found, so the action does not count. The archive is untouched. Refresh the list, or import the newest bundle first.',
  'error.review/author-is-reviewer':
    'Nobody may review what they entered themselves, so the action does not count. The entry is unchanged. Another reviewer must do it.',
  'error.review/same-person-twice':
    'You have already given an opinion on this revision. That opinion is kept. Another reviewer must give the second one.',
  'error.review/signer-took-part':
    'Whoever signs or opens must not have entered, reviewed or adjudicated, so the action does not count. Nothing is changed. An approver who took no part must do it.',
  'error.review/adjudicator-took-part':
    'Someone who entered or reviewed may not adjudicate, so the action does not count. Both opinions are kept. Someone who took no part must do it.',
  'error.review/about-oneself':
    'Nobody may handle records about themself, so the action does not count. The archive is untouched. A colleague must do it.',
  'error.review/not-open-for-opinion':
    'This revision does not take opinions now, so the action does not count. Nothing is changed. Refresh to see where it stands.',
  'error.review/not-unopened':
    'No sealed opinions of this revision wait to be opened. Nothing is changed. Refresh to see where it stands.',
  'error.review/not-agreed':
    'This revision has not been agreed yet and cannot be signed. Nothing is changed. Wait for the review or the adjudication.',
  'error.review/not-disputed':
    'The reviewers do not disagree on this revision, so there is nothing to adjudicate. Nothing is changed. Refresh to see where it stands.',
  'error.review/commitment-mismatch':
    'An opened opinion differs from what was sealed, so the opening does not count. Both opinions stay sealed. Check and open again; if it still differs, tell the security administrator.',
  'error.review/opinion-copied':
    'This opinion has the same seal as another and seems to be a copy, so it does not count. The first is kept. Review independently and give your own.',
  'error.review/not-author':
    'Only the person who entered it may withdraw it. Nothing is changed. Ask that person.',
  'error.review/after-signature': 'Signed meanwhile, and that stands. Correct it where it is wrong.',
  'error.review/too-late':
    'An opinion has been given already, so it can no longer be withdrawn. Nothing is changed. Ask a reviewer to return it, or correct it once it is archived.',
  'error.review/parent-unknown':
    'The revision to be corrected does not exist or is not archived, so the action does not count. The archive is untouched. Refresh and correct the archived revision.',
  'error.review/category-changed':
    'A correction may not change the cadre or the category. The archive is untouched. Enter a new record under the right category.',
  'error.review/conflict':
    'This record has two revisions that conflict. Both are kept and neither was chosen. Compare them and submit a third that settles it.',
  'error.review/revision-twice':
    'This revision has been submitted already and was not entered twice. Nothing is changed and nothing more is needed.',
  'error.review/opinion-unopenable':
    'A sealed opinion cannot be opened or is incomplete. The record is untouched, but this round does not count. Both reviewers must give their opinions again.',
  'error.review/no-evidence':
    'This category needs evidence, so nothing was submitted. What you entered is still in the draft. Add the evidence and submit again.',
  'error.review/kin':
    'You are kin of this cadre, or a matter to be avoided is on record. Nothing was done. Leave it to somebody else.',
  'error.review/reporting-line':
    'You are in the same reporting line as this cadre, and this category asks you to keep out. Nothing was done. Leave it to somebody else.',
  'error.review/no-reviewer':
    'Nobody can be assigned to this entry (its author, the person concerned and close kin are left out). It still waits for review. Ask the security administrator to authorise a reviewer.',
  'error.review/rekey':
    'This category asks each reviewer to re-type the critical fields from the evidence first, so the opinion was not given. What you filled in is still on the page. Please re-type them first.',
  'error.review/rekey-differs':
    'What you typed differs from the entry, so to agree you must say why; the opinion was not signed. What you filled in is still on the page. Add your remarks and sign again.',
  'error.review/not-in-group':
    'A group settles this entry together and you are not in it, so nothing was done. Ask a member of the group.',
  'error.review/not-able':
    'One of those chosen has no authority over this entry, or is the person concerned, so no group was formed. Nothing changed. Choose others.',
  'error.review/unopened-opinions':
    'An opinion was given and is not opened yet, so this cannot be settled. It is still sealed. Ask the approver to open it first.',
  'error.review/query-unknown':
    'This question does not exist or is settled already, so nothing was done. The thread is unchanged. Reload and look again.',
  'error.review/query-not-yours':
    'A question is answered by the author and settled by whoever asked. The thread is unchanged. Ask them to do it.',
  'error.review/fault-unknown':
    'This finding does not exist or was registered already, so nothing was done. The register is unchanged. Reload and look again.',
  'error.review/fault-traced':
    'An error is traced only to those who handled this revision, and never by one of them, so it was not registered. Check who they are and try again.',
  'error.review/no-sampling':
    'This category may not be reviewed by sample, or there are too few rows for a sample to spare anything. Nothing was done; the rows still wait. Review them row by row.',
  'error.review/drawn':
    'This row belongs to a batch under a sample and cannot be handled alone. Nothing was done; its state is unchanged. Handle the whole batch on its page.',
  'error.review/drawn-twice':
    'These rows were drawn once already and cannot be drawn again. The sample stays as it is. Go on with it.',
  'error.review/draw-rows':
    'The rows are not those of the draw. Nothing was done; their state is unchanged. Refresh the page of the batch, look at every sampled row, then sign.',
  'error.review/draw-broken':
    'Some rows of the batch are not under this draw any more, so the sample says nothing of them. The opinion was not signed; the rows still wait. Return the whole batch to be submitted again.',
  'error.review/drawer-decides':
    'You drew the sample, so somebody else has to review it. The opinion was not signed; the batch still waits. Ask another reviewer.',
  'error.review/not-drawn':
    'This draw does not hold for this row. Nothing was done; its state is unchanged. Refresh and go by what the page shows.',
  'error.review/sample-contradicted':
    'A reviewer says one thing of the batch and another of its sampled rows, so the opinion was not used. The entries are untouched. Ask both reviewers for fresh opinions.',
  'error.review/not-a-member-cadre':
    'This member is not linked to a dossier, so recusal cannot be judged; nothing was done. The archive is untouched. Ask the security administrator to link them.',

  'error.vault/none':
    'There is no vault on this machine yet. No data is affected. Create one, or restore a backup.',
  'error.vault/exists':
    'There is a vault here already and it was not overwritten. It is sound. Open it, or choose an empty folder.',
  'error.vault/locked':
    'The vault is locked and nothing was done. All that was saved is there. Sign in again and retry.',
  'error.vault/in-use':
    'Another window or program is using the vault. The vault is sound. Close that one first.',
  'error.vault/wrong-password':
    'The password or key file is wrong. The vault is sound. Check capitals and the input method; if you forgot the password, ask the security administrator.',
  'error.vault/slow-down':
    'Too many wrong attempts; signing in is blocked for a while. The vault is sound. Wait a little and try again.',
  'error.vault/key-file-needed':
    'This account also needs its key file to log in. The vault is intact and nothing was changed. Plug in the stick with the key file, choose the file, and log in again.',
  'error.vault/key-file-wrong':
    'The chosen file is not the key file of this account, or it is damaged. The vault is intact. Choose the right file; if it is lost, the security administrator and a key holder have to authorise you anew.',
  'error.vault/system-slot-none':
    'This PC keeps no usable system credential (it was switched off, or the password or key has changed since). The vault is intact. Log in with your password and switch it on again under Settings if you need it.',
  'error.vault/system-storage-unsafe':
    'The system credential store of this machine protects nothing, so it cannot be used. Nothing was stored. Go on logging in with your password.',
  'error.vault/slot-damaged':
    'Your sign-in key file is damaged and cannot be opened. The archive data is sound. The security administrator and a key holder must issue it again with you present.',
  'error.vault/damaged':
    'The vault files are damaged; the program has not altered them. Enter nothing more. Copy the whole vault folder first, then restore the latest backup.',
  'error.vault/from-the-future':
    'The vault was written by a newer version of the program. It is sound. Update the program to open it.',
  'error.vault/compartment-closed':
    'You do not hold the key of this compartment. The archive is untouched. If your work needs it, ask the security administrator and a holder.',
  'error.vault/rekeying':
    'This compartment is being given a new key. Nothing is lost, also if the power fails. Please wait until it is done.',
  'error.vault/disk-full':
    'The disk is full: this step was not saved, everything before it was. Free some space and try again.',

  'error.member/login-taken':
    'The login name belongs to a member already; nothing was changed. The existing member is not affected. Choose another, or bring the person back under their old entry.',
  'error.member/oneself':
    'This cannot be done to oneself; nothing was changed. Present roles are not affected. Ask another person with the right to do it.',
  'error.member/last-secadmin':
    'This is the only security administrator; nothing was changed. Present roles are not affected. Add and confirm another first; if this one can no longer log in, use the recovery sheets.',
  'error.member/last-approver':
    'This is the only approver; nothing was changed. Present roles are not affected. Add and confirm another first; if this one can no longer log in, use the recovery sheets.',
  'error.member/last-holder':
    'One of the keys is held by this member alone, and without them nobody could open what it protects; nothing was changed. Data and keys are all there. Add and confirm another member with the same duty first; if this one can no longer log in, use the recovery sheets.',
  'error.member/has-key':
    'This member still has a key in force; nothing was changed. The account works as before. For a forgotten password use the reset.',
  'error.member/no-key':
    'This member has no key in force; nothing was changed. Older signatures stay valid. Bring the member back first, with a password they type themself.',
  'error.member/key-changed':
    'The key of this member changed since you compared it; nothing was confirmed. Present roles are not affected. Refresh and compare the fingerprint again with the person present.',
  'error.member/nothing-due':
    'There is nothing here for you to do; nothing was changed. Somebody else may have done it. Refresh and look again.',
  'error.member/not-granted':
    'The member to stand in for does not hold this role; nothing was changed. Present roles are not affected. Check whom and which role you chose.',

  'error.recovery/holder-is-administrator':
    'An administrator is among the holders of the recovery sheets, so the unit was not founded. Nothing was written. Choose holders who are not administrators.',
  'error.recovery/no-founding':
    'No recovery sheets are waiting to be checked: the program ended in between and no unit was founded. No archive was written. Destroy the printed sheets and found the unit again.',
  'error.recovery/sheet-incomplete':
    'A recovery sheet was not copied whole, so nothing was changed. What was typed is still on the page. Complete its nine lines of six groups of four.',
  'error.recovery/sheet-line':
    'A line differs from the paper, so nothing was changed. What was typed is still on the page. Compare the marked line group by group.',
  'error.recovery/sheet-version':
    'The recovery sheet was printed by a newer version of the program. Nothing was changed. Update the program and try again.',
  'error.recovery/sheet-wrong':
    'Each line of a sheet agrees with itself and the whole does not, so nothing was changed. Make sure that no lines of different sheets were mixed, and type this sheet anew.',
  'error.recovery/sheet-repeated':
    "The same recovery sheet was typed twice, so nothing was changed. Use another holder's sheet.",
  'error.recovery/sheets-mixed':
    'The recovery sheets are not of one unit and one printing. Nothing was changed. Compare the unit and date on them and use sheets of one set.',
  'error.recovery/sheets-too-few':
    'There are not enough recovery sheets, so nothing was changed. Ask another holder to bring theirs.',
  'error.recovery/sheets-open-nothing':
    "These recovery sheets do not open this unit's archive. Nothing was changed and the archive is as it was. Check whose sheets they are and report to the level above.",
  'error.recovery/no-such-member':
    'No present member has this log-in name, or they never had a confirmed role, so nothing was changed. The archive is as it was. Check the log-in name.',

  'error.call/unknown-procedure':
    'The screen and the program behind it have different versions; nothing was done. The archive is untouched. Close the program and open it again.',
  'error.call/invalid-input':
    'What was entered does not meet the requirements; nothing was done. The archive is untouched. Correct it as marked and try again.',
  'error.call/not-permitted':
    'Your role may not do that; nothing was done. The archive is untouched. Ask a colleague who may.',
  'error.call/not-found':
    'It cannot be found; it may have changed, or you may not see it. The archive is untouched. Refresh and try again.',
  'error.call/cancelled': 'Cancelled; nothing was saved. You can start again at any time.',
  'error.call/core-ended':
    'The program behind the screen ended unexpectedly. This step may not have been saved, everything before it was. Sign in again and check.',
  'error.call/internal':
    'Something went wrong inside the program; nothing was done. All that was saved is there. Try again; if it recurs, note the error code and tell the system administrator.',

  'error.access/purpose-needed':
    'What this is read for has to be said first; nothing was shown. The dossier is untouched. State a purpose and open it again; it goes into the access log.',
  'error.access/purpose-unknown':
    'The purpose is not on the list, or lacks its words; nothing was shown. The dossier is untouched. Choose again and say why.',
  'error.disclosure/request-twice':
    'A request with this number is registered already; this one does not count. The first is untouched. Refresh and try again.',
  'error.disclosure/no-such-request':
    'There is no such request; nothing was done. The dossier is untouched. Refresh and look into the register.',
  'error.disclosure/own-request':
    'Nobody answers their own request; nothing was done. The dossier is untouched. Ask another member who may.',
  'error.disclosure/already-answered':
    'This request is settled; nothing was done. Its outcome stands. Refresh to see it; register a new one if it is still needed.',
  'error.disclosure/not-approved':
    'A copy with anything discipline-secret needs the signature of a second person first; nothing was made. The dossier is untouched. Ask for it and wait for the answer.',
  'error.disclosure/not-requester':
    'Only the member who asked makes the copy; nothing was made. The approval stands. Let them do it.',
  'error.disclosure/used':
    'This approval has been used; nothing was made. The copy made before is on record. Ask again for another.',
  'error.disclosure/other-scope':
    'What would be made is not what was approved; nothing was made. The dossier is untouched. Ask again.',
  'error.disclosure/other-record':
    'The revision is not of the record that the request is about; it was not submitted. The dossier is untouched. Begin the correction from the request.',
  'error.disclosure/no-revision':
    'The answer “corrected” names a revision submitted for the request; nothing was signed. The request is untouched. Finish the correction first, or refuse it with reasons.',
  'error.disclosure/nothing-to-copy':
    'Nothing archived is in what was chosen; nothing was made. The dossier is untouched. Choose otherwise.',
  'error.disclosure/needs-request':
    'What was chosen holds something discipline-secret and needs the signature of a second person; nothing was made. The dossier is untouched. Ask for it, or choose less.',
  'error.disclosure/changed':
    'The dossier has changed since the request; nothing was made. The dossier is untouched. Ask again for what is there now.',
  'error.disclosure/not-archived':
    'The correction is not archived yet and cannot be answered as “corrected”. The request is untouched. Wait for its review and signature.',
  'error.entry/invalid-values':
    'Some fields are not right, so nothing was submitted. What you entered is still in the draft. Correct the fields marked.',
  'error.entry/stale-parent':
    'A new revision of this record was archived while you were typing, so nothing was submitted. What you entered is still in the draft. Compare it with the new revision and submit again.',
  'error.entry/cadre-unknown':
    'There is no dossier of this cadre; nothing was done. Check the name, or open a dossier first.',
  'error.disclosure/too-many-lines':
    'The list has more than {most} lines; no file was written. Narrow it down and export in parts.',
  'error.dossier/too-many-tags':
    'A dossier carries {most} tags at most; this one was not added. Take one off first.',
  'error.dossier/too-many-views':
    '{most} views can be kept at most; this one was not saved. Delete one first.',
  'error.entry/cadre-exists':
    'A dossier of this cadre exists already and no second one was opened. It is unchanged. Open that one.',

  ...entryErrorMessages,
  ...importErrorMessages,
  ...objectionErrorMessages,
  ...directiveErrorMessages,
  ...hubErrorMessages,
  ...catalogueErrorMessages,

  'error.bundle/not-a-bundle':
    'The file is not a bundle. Your archive is untouched. Choose a file that ends in .liandang.',
  'error.bundle/wrong-recipient':
    'This bundle is not addressed to this unit or compartment and cannot be opened. Your archive is untouched. Check the recipient with the sender.',
  'error.bundle/truncated':
    'The bundle is incomplete; copying may have been interrupted. Nothing was imported and your archive is untouched. Copy it again.',
  'error.bundle/damaged':
    'The bundle is damaged. Nothing was imported and your archive is untouched. Copy it again, or ask the sender for it.',
  'error.bundle/unsafe-path':
    'The bundle contains an unsafe file path and was refused. Your archive is untouched. Do not use this file, and tell the security administrator.',
  'error.bundle/medium': 'This medium takes no file of 4 GiB (FAT32). Use one with exFAT or NTFS.',
  'error.bundle/too-large': 'The bundle is too large; nothing was imported. Ask for what is new only.',
  'error.bundle/ratio': 'The bundle swells abnormally; nothing was imported. Tell the secadmin.',
  'error.bundle/layout':
    'The bundle is not built as it should be; nothing was imported. Your archive is untouched. Ask the sender for it again.',
  'error.bundle/fixity':
    'A file in the bundle does not match the manifest; nothing was imported. Your archive is untouched. Copy it again, or ask the sender for it.',
  'error.bundle/signature':
    'The signature of the bundle does not hold, so it may have been altered; nothing was imported. Your archive is untouched. Tell the security administrator.',
  'error.bundle/unknown-unit':
    'The unit of this bundle is not known here; nothing was imported. Your archive is untouched. Enrol that unit first.',
  'error.bundle/unknown-device':
    'The device that made this bundle is not known here; nothing was imported. Your archive is untouched. Register the device, or import its registration first.',
  'error.bundle/missing-prerequisite':
    'An earlier bundle is needed first. Your archive is untouched. Import the earlier one.',
  'error.bundle/gap':
    'Changes are missing between this bundle and the log held here; nothing was imported. Your archive is untouched. Ask for the missing bundle, or for a full one.',
  'error.bundle/fork':
    'This bundle contradicts the log received before; nothing was imported. Your archive is untouched. Tell the security administrator to find out whether the data folder was copied.',
  'error.bundle/rollback':
    'This bundle is older than what was received before; nothing was imported. Your archive is untouched. Check for a mistaken file, or an old backup restored at the sender.',
  'error.bundle/same-id-other-bytes':
    'A bundle of the same id but other content came before; nothing was imported. Your archive is untouched. Check with the sender and tell the security administrator.',
  'error.bundle/kind':
    'A bundle of this kind cannot be imported here; nothing was changed. Check the file, or import it where it belongs.',
  'error.bundle/nothing-new':
    'There is nothing new to export, so no bundle was made. Your data and receipts are all there. Nothing more is needed.',
  'error.bundle/folder-unusable':
    'The folder cannot be read or written. The archive is untouched. Check that the USB stick is in place and not write-protected, or choose another folder.',

  'error.device/request-wrong':
    'This is not a whole request to join, or it was changed, and was not read. The archive is untouched. Save the request again on the new computer.',
  'error.device/code-wrong':
    'The code does not fit the file: it was misread, or somebody exchanged the file. Nothing was changed. Type it again from the other screen; if it still differs, stop and tell the security administrator.',
  'error.device/known':
    'This computer is on the list already. Nothing was changed. Write its joining files, or ask anew on that computer.',
  'error.device/not-asked':
    'This computer has not asked to join yet. Nothing was changed. Name it and make a request first.',
  'error.device/package-wrong':
    'The joining files are not whole, or not for this computer. Nothing was left on it. Write them again on a computer of the unit.',
  'error.device/not-admitted':
    'The joining files do not list this computer. Nothing was left on it. Let the security administrator admit it, then write the files again.',
  'error.device/this-one':
    'The computer in use cannot be removed. Nothing was changed. Remove it from another computer.',
  'error.device/last':
    'This is the last computer of the unit in use and cannot be removed. Nothing was changed. Let another one join first.',
  'error.device/address':
    'The address is not right. Nothing was changed. Type it as the other screen shows it, such as 192.168.1.5:47100.',
  'error.device/unreachable':
    'The other computer cannot be reached. Nothing was changed. Check the address, that both are on one network, that the other is not locked, and allow it in the firewall; or use a USB stick.',
  'error.device/not-listening':
    'Nothing is waiting for a connection, or it has ended. The archive is untouched. Begin again.',

  'error.hub/none':
    'No upstream node is registered yet. The archive is untouched. Ask the security administrator to propose one and the approver to confirm it, then send.',
  'error.hub/unreachable':
    'The upstream node cannot be reached. The bundle is still on this machine and nothing is lost. Try later, or deliver it by USB stick.',
  'error.hub/refused':
    'The upstream node refused it. The archive is untouched and the bundle is still on this machine. Settle the reason given and send it again.',
  'error.hub/not-a-card':
    'The file is not the card of an upstream node, or its content is wrong. Nothing was registered. Ask upstream for it again.',
  'error.hub/receipt-wrong':
    'The receipt does not match the change log here and was not relied on. The archive is untouched. Stop sending and check with upstream.',
  'error.hub/pending':
    'The upstream node has it and is still working. The bundle is not lost. Fetch the receipt later.',

  'error.audit/no-key':
    'You do not hold the audit key, so the access entries stay sealed. Nothing was shown. Ask an auditor to log in.',
  'error.audit/entry':
    'This access entry cannot be read and is listed as such. It is still in the log. Check with the member who signed it.',
  'error.audit/incident':
    'This leak incident is not in the register, or it is closed. Nothing was changed. Refresh and try again.',
} as const satisfies Record<`error.${ErrorCode}`, string>
