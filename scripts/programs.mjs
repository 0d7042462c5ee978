/** Every program and worker of the product: its file in `out/main/`, and the source it starts from. */
export const programs = {
  desktop: 'src-main/desktop/main.ts',
  core: 'src-main/core/main.ts',
  worker: 'src-main/jobs/worker.ts',
  'table-worker': 'src-main/jobs/table-worker.ts',
  'local-web': 'src-main/local-web/main.ts',
  cli: 'src-main/cli/main.ts',
  hub: 'src-hub/main.ts',
}
