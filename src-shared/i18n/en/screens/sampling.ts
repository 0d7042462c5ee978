import type { samplingMessages as chinese } from '../../zh-CN/screens/sampling.ts'

/** Review of an import by a drawn sample. */
export const samplingMessages = {
  'sampling.title': 'Review by sample',
  'sampling.hint':
    'Of an import only the drawn rows are looked at. If all of them are right the batch passes, and rows nobody looked at say so.',
  'sampling.open': 'Review by sample',
  'sampling.none': 'Nothing in this batch can be sampled',
  'sampling.none.hint':
    'Only rows of categories whose catalogue allows it, and of which nobody has said anything, can be sampled.',
  'sampling.plan': 'Sampling plan',
  'sampling.lot': 'Lot N',
  'sampling.lot.value': '{count} rows',
  'sampling.size': 'Sample n',
  'sampling.size.value': '{count} rows; the draw decides which',
  'sampling.size.all': '{count} rows, that is all: a sample spares nothing, review row by row',
  'sampling.acceptance': 'Acceptance number Ac',
  'sampling.acceptance.value':
    '{count}: one wrong row in the sample sends the whole batch back, also the rows found right',
  'sampling.promise': 'Reliability',
  'sampling.promise.value':
    'If {wrong} rows or more ({tolerable}%) are wrong, the chance that the sample shows none is at most {risk}%',
  'sampling.seed': 'Public seed',
  'sampling.seed.before': 'Comes out of the signed draw; nobody can choose it',
  'sampling.recompute':
    'Seed = SHA-256 (unit, digest of the draw, digests of the submitting commits). Rows are put in the order of SHA-256 (seed, revision); the first n are drawn. The exact bytes are in docs/formats.md; anybody can compute it again.',
  'sampling.draw': 'Draw {count} rows',
  'sampling.draw.confirm':
    'A batch is drawn once and not again, and whoever draws does not review it. Draw now?',
  'sampling.draw.yes': 'Sign the draw',
  'sampling.done': 'Drawn by {name}, {at}',
  'sampling.leaf': 'Digest of the draw',
  'sampling.submissions': 'Submitting commits',
  'sampling.part': 'Rows shown',
  'sampling.part.seen': 'To look at',
  'sampling.part.unseen': 'Not drawn',
  'sampling.review': 'This batch is reviewed by sample: {size} of {lot} rows, all of them, in one signature.',
  'sampling.review.hint':
    'One disagreement, or a return, sends the whole batch back. Rows not drawn need no look and take no opinion of their own: they go with the sample.',
  'sampling.broken':
    '{count} rows are not under this draw any more (somebody drew twice, or they were signed elsewhere), so the sample says nothing. Have a reviewer return the rest as a whole; once it is submitted again it can be drawn, or reviewed row by row.',
  'sampling.waiting': 'The sample is not complete: {count} rows cannot be signed yet',
  'sampling.mark.drawn': 'Drawn',
  'sampling.mark.undrawn': 'Not drawn',
  'sampling.mark.passed': 'Passed by sample ({size}/{lot})',
  'sampling.mark.seen': 'Drawn and seen ({size}/{lot})',
  'road.drawn': 'Drawn sample',
  'road.drawn.seen': 'In the sample: {size} of {lot} rows looked at',
  'road.drawn.unseen': 'Not in the sample: {size} of {lot} rows looked at, not this one',
  'road.drawn.contested': 'Drawn twice: neither draw counts, every row is reviewed',
  'road.drawn.seed': 'Seed {seed}',
  'vsheet.way.sampled':
    'By sample: lot {lot}, sample {size}, acceptance number 0; this row was not drawn and passed with the sample',
  'vsheet.way.drawn': 'By sample: lot {lot}, sample {size}, acceptance number 0; this row was drawn and seen',
  'vsheet.seed': 'Seed of the sample',
} as const satisfies Record<keyof typeof chinese, string>
