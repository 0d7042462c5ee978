/** Of adding and keeping evidence. */
export const evidenceErrorMessages = {
  'error.entry/evidence-many':
    'An entry takes 50 files at most; this one was not added. Those added before are there. Merge some into a PDF.',
  'error.entry/evidence-twice':
    'This file is in the list already and was not added again. Those added before are there. Take this line away.',
  'error.vault/evidence-damaged':
    'The file is incomplete or damaged and was not added. What you entered is still in the draft. Use a file that opens.',
  'error.vault/evidence-empty':
    'The file is empty and was not added. What you entered is still in the draft. Make sure that it is the right one.',
  'error.vault/evidence-pixels':
    'The picture is too large (over 100 million pixels) and was not added. What you entered is still in the draft. Scan it less finely, or make it a PDF.',
  'error.vault/evidence-missing':
    'The file of a piece of evidence cannot be found. The record itself is untouched. Restore it from a backup or a bundle.',
  'error.vault/evidence-too-large':
    'The evidence is larger than 2 GB and was not added. What you entered is still in the draft. Compress or split it.',
  'error.vault/evidence-type':
    'Evidence of this file type is not supported and was not added. What you entered is still in the draft. Convert it to PDF or an image.',
} as const
