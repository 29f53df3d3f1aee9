export { migrateQueue, type QueueConfig } from './backend.js';
export { JobHandler } from './job-handler.js';
export { JobSender } from './job-sender.js';
export { QueueModule } from './queue.module.js';
export { withoutNul } from './without-nul.js';
