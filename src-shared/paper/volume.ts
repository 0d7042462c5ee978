import { z } from 'zod'
import { fileNumberSchema } from './file-number.ts'

/** Rows of a file list at most; a thicker dossier is kept in several volumes. */
export const mostFileRows = 500

/** A day, month or year as it stands on the paper, `YYYYMMDD` with what is not known left out (GB/T 9705), or empty. */
const dateSchema = z.string().regex(/^(\d{4}((0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?)?)?$/)
const line = (most: number) => z.string().trim().max(most)

/**
 * One line of the list inside a volume (卷内文件目录, GB/T 9705): its place in the list is 顺序号.
 */
export const fileRowSchema = z.strictObject({
  /** 文号 */
  number: line(60),
  /** 责任者 */
  author: line(100),
  /** 题名 */
  title: line(200).min(1),
  /** 日期 */
  date: dateSchema,
  /** 页号: where it begins, or `3-7` for the last one. */
  pages: z.string().regex(/^(\d{1,4}(-\d{1,4})?)?$/),
  /** 备注 */
  note: line(200),
})
export type FileRow = z.infer<typeof fileRowSchema>

/** What is signed of a volume (案卷) in the cabinet. */
export const volumeSchema = z.strictObject({
  /** 档号 */
  number: fileNumberSchema,
  /** 案卷题名 */
  title: line(100),
  /** 存放位置: room, cabinet, shelf. */
  place: line(100),
  rows: z.array(fileRowSchema).max(mostFileRows),
})
export type Volume = z.infer<typeof volumeSchema>

export const volumeBodySchema = volumeSchema.loose()
