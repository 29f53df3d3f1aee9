import { type ApiConfig, readApiConfig } from '#libs/config';
import type { BundleView } from '#libs/contracts';
import { databaseOptions } from '#libs/database';
import { type Bytes, MAX_BUNDLE_FILE_BYTES } from '#libs/domain';
import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { HttpModule } from './http/http.module.js';
import { BundlesService } from './tracking/bundles.service.js';
import { takers } from './tracking/tracking.module.js';

/** Only what takes batches; it listens to nothing. */
@Module({})
class Desk {
  static for(config: ApiConfig): DynamicModule {
    return {
      module: Desk,
      imports: [TypeOrmModule.forRoot(databaseOptions(config)), HttpModule.for(config)],
      providers: takers,
    };
  }
}

async function read(path: string): Promise<Bytes> {
  if ((await stat(path)).size > MAX_BUNDLE_FILE_BYTES)
    throw new Error(`It is larger than ${MAX_BUNDLE_FILE_BYTES} bytes.`);
  return Uint8Array.from(await readFile(path));
}

/** Says what became of one file and lays the receipt beside it. @returns whether all of it was taken. */
async function importFile(bundles: BundlesService, path: string): Promise<boolean> {
  const answer = await bundles.import(await read(path));
  const lines = answer.bundles.map(({ fault, acknowledged, held, refused, notYours, ...items }, index) => {
    const counts = `${acknowledged} batches acknowledged (${held} held aside), ${refused} refused; `;
    const all = `${counts}${items.acceptedItems} items count, ${items.refusedItems} do not`;
    return [`  ${index + 1}: ${fault ?? all}`, ...(notYours > 0 ? [`     ${strangers(notYours)}`] : [])].join('\n');
  });
  console.log([path, ...lines].join('\n'));
  if (answer.receipt !== null) {
    await writeFile(`${path}.receipt`, answer.receipt);
    console.log(`  receipt: ${path}.receipt`);
  }
  return answer.bundles.length > 0 && answer.bundles.every(isWhole);
}

const isWhole = ({ fault, refused, notYours }: BundleView): boolean => fault === null && refused + notYours === 0;

const strangers = (count: number): string =>
  `${count} batches are of somebody for whom this device may not report (a roster may be wrong, or somebody else has ` +
  'sent them): they stay on the device, which sends them again after its next start.';

/** `import-bundles.js FILE…`: exit code 0 when all was taken, 1 when something was not (and which), 2 without a file. */
const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error('Type: node dist/apps/api/src/import-bundles.js FILE…');
  process.exit(2);
}
Logger.overrideLogger(['error']);
const desk = await NestFactory.createApplicationContext(Desk.for(readApiConfig(process.env)));
for (const path of paths) {
  const isTaken = await importFile(desk.get(BundlesService), path).catch((error: unknown) => {
    console.error(`${path}\n  ${error instanceof Error ? error.message : String(error)}`);
    return false;
  });
  if (!isTaken) process.exitCode = 1;
}
await desk.close();
