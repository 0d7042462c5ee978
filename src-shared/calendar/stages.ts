/** Who an open revision waits for. Opening the opinions and signing are one person's work and share a deadline. */
export const stages = ['review', 'adjudication', 'signature'] as const
export type Stage = (typeof stages)[number]

/** Working days for each stage, counted from the day it began. */
export type Deadlines = Readonly<Record<Stage, number>>

export const defaultDeadlines: Deadlines = { review: 5, adjudication: 10, signature: 3 }
