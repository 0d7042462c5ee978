#!/usr/bin/env node
import { runCli } from './run.ts'

const stop = new AbortController()
process.on('SIGINT', () => stop.abort())
process.on('SIGTERM', () => stop.abort())

process.exitCode = await runCli(
  {
    input: process.stdin,
    out: (line) => void process.stdout.write(`${line}\n`),
    note: (line) => void process.stderr.write(`${line}\n`),
    screen: process.stderr.isTTY ? (text) => void process.stderr.write(text) : undefined,
    signal: stop.signal,
  },
  process.argv.slice(2),
)
