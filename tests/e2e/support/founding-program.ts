import { readFileSync } from 'node:fs'
import { dispatch } from '../../../src-main/core/dispatch.ts'
import type { CoreContext } from '../../../src-main/services/context.ts'
import { vaultLayout } from '../../../src-main/vault/layout.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { InputOf, OutputOf, ProcedureName } from '../../../src-shared/contract/index.ts'
import type { Result } from '../../../src-shared/kernel/result.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { mustFound } from '../../helpers/founding.ts'

// Founds a unit with another catalogue than the shipped one, which no program of the product offers. A process of its
// own, for the driver of the database is none of a browser test's.
const asked = JSON.parse(readFileSync(0, 'utf8')) as {
  readonly vault: string
  readonly unit: InputOf<'unit.found'>
  readonly catalogue: Catalogue
}
const context: CoreContext = {
  layout: vaultLayout(asked.vault),
  primitives: nodePrimitives,
  catalogue: asked.catalogue,
  now: () => Date.now(),
  session: null,
  founding: null,
  emit: () => undefined,
  end: () => undefined,
}
const core = {
  call: async <Name extends ProcedureName>(name: Name, input: InputOf<Name>) =>
    (await dispatch(context, name, input, new AbortController().signal)) as Result<OutputOf<Name>>,
}
process.stdout.write(JSON.stringify(await mustFound(core, asked.unit)))
