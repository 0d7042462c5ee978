/** Of adding and keeping evidence, and of paper. */
export const evidenceErrorMessages = {
  'error.paper/other-code':
    'This is no QR code of a collection form of this program. Nothing was changed. Use another scan, or choose the entry by hand.',
  'error.paper/already-attached':
    'This scan stands beside that version already and was not added again. The first is still there. Take this line away.',
  'error.paper/not-a-picture':
    'Only pictures and PDF are taken as signed originals; this one was not added. All else is untouched. Scan to PDF or a picture.',
  'error.paper/not-attached':
    'The entry has no such signed original, or it was struck out. Nothing was changed. Reload and try again.',
  'error.paper/on-its-way':
    'A discipline entry goes on a form only once it is archived. Nothing was printed. Ask for a copy then, and print it when it is approved.',
  'error.paper/withheld':
    'You have yet to type the critical fields from the evidence, so what was entered is not printed. Nothing was printed. Do that first.',
  'error.volume/number-form':
    'The file number does not follow the rule of the unit and was not saved. What you typed is still there. Correct it as the hint below it says.',
  'error.volume/number-taken':
    'Another volume has this file number; it was not saved. What you typed is still there. Check it and choose another.',
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
