/**
 * Every way the program can refuse, as a closed list. The texts in the user's language are in `i18n` under
 * `error.<code>`: what happened, what is safe, what to do. A code is never reused for another meaning.
 */
export const errorCodes = [
  // reading bytes
  'format/not-canonical',
  'format/too-large',
  'format/invalid',
  // one envelope, header or body
  'commit/envelope',
  'commit/signature',
  'commit/key-unknown',
  'commit/key-weak',
  'commit/header',
  'commit/body-digest',
  'commit/body-missing',
  // a log as a whole
  'log/chain',
  'log/sequence',
  'log/fork',
  'log/gap',
  'log/rollback',
  'log/root',
  'log/checkpoint',
  'log/authority-backward',
  'log/unknown-action',
  'log/evidence',
  'log/projection',
  // who may do what: these void a commit
  'authority/unknown',
  'authority/not-founded',
  'authority/key-not-in-force',
  'authority/role-not-in-force',
  'authority/role-exclusion',
  'authority/category-not-granted',
  'authority/action-not-permitted',
  'authority/after-removal',
  'authority/forked',
  'authority/wrong-compartment',
  'authority/device',
  // the road of a record: these void an operation
  'review/no-such-revision',
  'review/author-is-reviewer',
  'review/same-person-twice',
  'review/signer-took-part',
  'review/adjudicator-took-part',
  'review/about-oneself',
  'review/not-open-for-opinion',
  'review/not-unopened',
  'review/not-agreed',
  'review/not-disputed',
  'review/commitment-mismatch',
  'review/opinion-copied',
  'review/not-author',
  'review/too-late',
  'review/parent-unknown',
  'review/category-changed',
  'review/conflict',
  'review/revision-twice',
  'review/opinion-unopenable',
  'review/no-evidence',
  'review/not-a-member-cadre',
  // the vault on this machine
  'vault/none',
  'vault/exists',
  'vault/locked',
  'vault/in-use',
  'vault/wrong-password',
  'vault/slow-down',
  'vault/slot-damaged',
  'vault/damaged',
  'vault/from-the-future',
  'vault/compartment-closed',
  'vault/disk-full',
  'vault/evidence-missing',
  'vault/evidence-too-large',
  'vault/evidence-type',
  // calling the core
  'call/unknown-procedure',
  'call/invalid-input',
  'call/not-permitted',
  'call/not-found',
  'call/cancelled',
  'call/core-ended',
  'call/internal',
  // entry and import
  'entry/invalid-values',
  'entry/stale-parent',
  'entry/cadre-unknown',
  'entry/cadre-exists',
  'import/encoding',
  'import/not-a-table',
  'import/too-large',
  'import/too-many-rows',
  'import/mapping-incomplete',
  'import/nothing-to-accept',
  'import/unknown-session',
  // bundles
  'bundle/not-a-bundle',
  'bundle/wrong-recipient',
  'bundle/truncated',
  'bundle/damaged',
  'bundle/unsafe-path',
  'bundle/too-large',
  'bundle/ratio',
  'bundle/layout',
  'bundle/fixity',
  'bundle/signature',
  'bundle/unknown-unit',
  'bundle/unknown-device',
  'bundle/missing-prerequisite',
  'bundle/gap',
  'bundle/fork',
  'bundle/rollback',
  'bundle/same-id-other-bytes',
  'bundle/kind',
  'bundle/nothing-new',
  'bundle/folder-unusable',
  // the upstream node
  'hub/none',
  'hub/unreachable',
  'hub/refused',
  'hub/not-a-card',
  'hub/receipt-wrong',
  'hub/pending',
  // the auditor's work
  'audit/no-key',
  'audit/entry',
  'audit/incident',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Ids, counts, positions and reasons for people who look closer; never names, numbers of people, or content. */
export type FailureDetail = Readonly<
  Record<string, string | number | boolean | readonly string[] | readonly number[]>
>

export interface Failure {
  readonly code: ErrorCode
  readonly detail?: FailureDetail
}
