import { readFileSync } from 'node:fs'
import { packageFile } from '../../src-shared/node/resources.ts'

/** The version of the program, from its package file. */
export const programVersion: string = (JSON.parse(readFileSync(packageFile(), 'utf8')) as { version: string })
  .version
