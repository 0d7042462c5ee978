import type { RecordState } from '../../../src-shared/review/states.ts'
import type { RecordPicture } from './reference.ts'

/** A state of the product in the words of the reference. */
export function pictureOf(state: RecordState | null, voids: readonly string[]): RecordPicture {
  return {
    head: state?.head ?? null,
    revisions: (state?.revisions ?? []).map((revision) => ({
      revision: revision.revision,
      status: revision.status,
      author: revision.author.member,
      opinions: revision.opinions.map(({ hand, decision }) => ({ who: hand.member, decision })),
      setAside: revision.discarded.flatMap(({ opinions }) => opinions.map(({ hand }) => hand.member)),
      assigned: revision.assigned?.reviewers ?? null,
      group: revision.group?.members.length ? revision.group.members : null,
      votes: votesOf(revision),
      signer: revision.signed?.hand.member ?? null,
      late: revision.late.map(({ hand, act, answers }) => ({
        id: hand.commit,
        said: `${hand.member} ${act}`,
        by: hand.member,
        answers: answers.map(({ hand: who, outcome, fault }) => `${who.member} ${outcome} ${fault}`),
      })),
    })),
    queries: (state?.queries ?? []).map(({ query, answers, resolved }) => ({
      name: query,
      answers: answers.length,
      resolved: resolved !== null,
    })),
    faults: (state?.faults ?? []).map(({ fault, answers }) => ({
      name: fault,
      answers: answers.map(({ hand }) => hand.member),
    })),
    voids,
  }
}

function votesOf({ group, adjudication }: RecordState['revisions'][number]): readonly string[] {
  if (group !== null)
    return [...group.former, ...group.votes].map(({ hand, outcome }) => `${hand.member} ${outcome}`)
  return adjudication === null ? [] : [`${adjudication.hand.member} ${adjudication.outcome}`]
}
