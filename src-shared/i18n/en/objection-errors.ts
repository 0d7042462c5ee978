/** Of objections that came after a signature, and answers to them. */
export const objectionErrorMessages = {
  'error.review/late-objection': 'Signed meanwhile, and that stands. Kept on record as a late objection.',
  'error.review/objection-unknown':
    'There is no such late objection, so nothing was signed. The archive is untouched. Refresh and look again.',
  'error.review/objection-settled':
    'Somebody has looked into this objection already. Their result stands and nothing was signed. Refresh to see it.',
  'error.review/objection-party':
    'Whoever objected, entered or reviewed it does not judge the objection, so nothing was signed. Ask an approver or inspector who took no part.',
} as const
