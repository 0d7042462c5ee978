export { openHub, type Hub, type HubOptions, type IngestOptions, type UnitStatus } from './hub.ts'
export type { IngestReport } from './ingest.ts'
export { startHubServer, type HubServer, type HubServerOptions } from './server.ts'
export type { Trust } from './trust.ts'
