import type { screenMessages as chinese } from '../zh-CN/screens.ts'

export const screenMessages = {
  'app.name': 'Liandang',
} as const satisfies Record<keyof typeof chinese, string>
