import { z } from 'zod'

/** 128 random bits, hex. */
export const idSchema = z.string().regex(/^[0-9a-f]{32}$/)
/** SHA-256, hex. */
export const digestSchema = z.string().regex(/^[0-9a-f]{64}$/)
