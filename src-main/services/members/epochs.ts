import { compartments, type Compartment, type Keyring } from '../../../src-shared/access/roles.ts'
import { ok, err, type Result } from '../../../src-shared/kernel/result.ts'
import { rekeyOnThread } from '../../jobs/rekey.ts'
import { startEpochs } from '../../vault/epoch.ts'
import { finishRekey, rekeyDue } from '../../vault/rekey.ts'
import { moment, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { tellChanged } from './parts.ts'
import { holdingRole } from './standing.ts'

export const epochStart: UnlockedHandler<'epoch.start'> = async (context, input) => {
  const { keyring, job } = input
  const role = holdingRole(context.session)
  if (role === null) return err('call/not-permitted')
  const { vault } = context.session
  const done = await startEpochs(vault, { role, at: moment(context), keyrings: [keyring] })
  tellChanged(context)
  if (!done.ok) return done
  return await rekeyHere(
    context,
    compartments.filter((name) => name === (keyring as Keyring)),
    job,
  )
}

export const epochFinish: UnlockedHandler<'epoch.finish'> = async (context, input) => {
  const due = rekeyDue(context.session.vault)
  const done = await rekeyHere(context, due, input.job)
  return done.ok ? ok({ compartments: due }) : done
}

/** Keys the databases of compartments on this device anew, one after the other. */
export async function rekeyHere(
  context: UnlockedContext,
  due: readonly Compartment[],
  job: string,
): Promise<Result<null>> {
  for (const [index, compartment] of due.entries()) {
    const progress = (done: number, total: number) =>
      context.emit({ type: 'progress', job, done: index * total + done, total: due.length * total })
    const done = await finishRekey(context.session.vault, compartment, rekeyOnThread, progress)
    if (!done.ok) return done
    context.emit({ type: 'changed', compartment })
  }
  return ok(null)
}
