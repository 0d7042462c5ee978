import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** git as a peer: the best known log of signed changes with bundles. */

const identity = ['-c', 'user.name=bench', '-c', 'user.email=bench@bench.invalid']

function git(repository: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', repository, ...identity, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1024 ** 3,
  })
}

/** A repository whose commits are signed with an SSH key, or null where git or ssh-keygen are missing. */
export function signedRepository(directory: string): string | null {
  if (spawnSync('git', ['--version']).status !== 0) return null
  const key = join(directory, 'key')
  if (spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]).status !== 0) return null
  const repository = join(directory, 'signed')
  mkdirSync(repository)
  git(repository, 'init', '-q')
  git(repository, 'config', 'gpg.format', 'ssh')
  git(repository, 'config', 'user.signingkey', key)
  const publicKey = execFileSync('ssh-keygen', ['-y', '-f', key], { encoding: 'utf8' }).trim()
  const allowed = join(directory, 'allowed')
  writeFileSync(allowed, `bench@bench.invalid ${publicKey}\n`)
  git(repository, 'config', 'gpg.ssh.allowedSignersFile', allowed)
  return repository
}

export function signedCommits(repository: string, count: number): void {
  for (let index = 0; index < count; index++) {
    writeFileSync(join(repository, 'record.json'), JSON.stringify({ index, value: 1_000_000 + index }))
    git(repository, 'add', 'record.json')
    git(repository, 'commit', '-q', '-S', '-m', `entry ${index}`)
  }
}

export function verifyCommits(repository: string): void {
  git(repository, 'log', '--show-signature', '--format=%H %G?')
}

/** A repository of `count` commits, each changing one small file, made as fast as git can. */
export function plainRepository(directory: string, count: number): string | null {
  if (spawnSync('git', ['--version']).status !== 0) return null
  const repository = join(directory, 'plain')
  mkdirSync(repository)
  git(repository, 'init', '-q', '-b', 'main')
  const lines: string[] = []
  for (let index = 0; index < count; index++) {
    const content = JSON.stringify({ index, description: `定期存款第${index}笔`, value: 1_000_000 + index })
    const message = `entry ${index}`
    lines.push(
      'commit refs/heads/main',
      `committer bench <bench@bench.invalid> ${1_700_000_000 + index} +0000`,
      `data ${Buffer.byteLength(message)}`,
      message,
      `M 100644 inline records/${index % 1000}.json`,
      `data ${Buffer.byteLength(content)}`,
      content,
      '',
    )
  }
  const done = spawnSync('git', ['-C', repository, 'fast-import', '--quiet'], { input: lines.join('\n') })
  return done.status === 0 ? repository : null
}

export function createBundle(repository: string, file: string): void {
  git(repository, 'bundle', 'create', '-q', file, 'main')
}

export function cloneBundle(file: string, target: string): void {
  execFileSync('git', ['clone', '-q', '-b', 'main', file, target], { stdio: 'ignore' })
}
