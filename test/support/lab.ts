import { acceptSource, DomainError, type AcceptedFacts } from '#libs/domain';
import { Ffmpeg, probeSource, type NamedRendition } from '#libs/media';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An ffmpeg and a folder, and what is asked of recordings there. */
export class Lab {
  private joints = 0;

  private constructor(
    readonly ffmpeg: Ffmpeg,
    readonly folder: string,
  ) {}

  static async open(): Promise<Lab> {
    return new Lab(await Ffmpeg.start(), await mkdtemp(join(tmpdir(), 'lectern-lab-')));
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  /** Writes a file; gives its absolute path. */
  async write(name: string, content: Buffer | string): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    return path;
  }

  async accepted(source: string): Promise<AcceptedFacts> {
    const facts = await probeSource(this.ffmpeg, source);
    acceptSource(facts);
    return facts;
  }

  /** `accepted`, or the code by which it is refused. */
  verdict(source: string): Promise<string> {
    return this.accepted(source).then(
      () => 'accepted',
      (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
    );
  }

  /** Chunks of a rendition as one file that any reader plays. */
  async joined(...chunks: readonly NamedRendition[]): Promise<string> {
    const files = chunks.flatMap(({ init, segments }, at) => [...(at === 0 ? [init] : []), ...segments]);
    const parts = await Promise.all(files.map(({ path }) => readFile(path)));
    return this.write(`joined-${++this.joints}.mp4`, Buffer.concat(parts));
  }
}
