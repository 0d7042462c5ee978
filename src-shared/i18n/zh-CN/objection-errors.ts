/** Of objections that came after a signature, and answers to them. */
export const objectionErrorMessages = {
  'error.review/late-objection':
    '收到时该版本已经签字，签字不因此撤销。它作为迟到异议记录在案。请审签人或纪检专管员核实处理。',
  'error.review/objection-unknown': '没有找到这条迟到异议，核实结果未签署。归档内容未变。请刷新后再看。',
  'error.review/objection-settled': '这条迟到异议已有人核实，不再重复签署。先前的核实结果不变。请刷新查看。',
  'error.review/objection-party':
    '提出异议的人、录入人和复核人不能核实这条异议，核实结果未签署。请由未参与的审签人或纪检专管员核实。',
} as const
