import { beforeEach, describe, expect, it } from '@jest/globals';
import { ServerProblem } from '../../server/client';
import type { Destination, TransferEvents } from './transfer';
import { MAX_SENDING, UploadDesk } from './upload-desk';

const lecture = { id: 'lecture', title: 'Maize' };
const file = (name = 'a.mp4') => new File([new Uint8Array(1000)], name);

/** A link and a server in memory: the test decides what happens on them. */
class Link {
  readonly opened: { destination: Destination; events: TransferEvents; starts: number; pauses: number }[] = [];
  readonly told: string[] = [];
  readonly later: (() => void)[] = [];
  refusal: ServerProblem | null = null;
  nowMs = 0;

  readonly desk = new UploadDesk({
    openTransfer: (_file, destination, events) => {
      const one = { destination, events, starts: 0, pauses: 0 };
      this.opened.push(one);
      return { start: () => (one.starts += 1), pause: () => (one.pauses += 1) };
    },
    digestOf: (given) => Promise.resolve(`sha256 of ${given.name}`),
    tellDigest: (uploadId, sha256) => {
      if (this.refusal) return Promise.reject(this.refusal);
      this.told.push(`${uploadId}: ${sha256}`);
      return Promise.resolve();
    },
    clockMs: () => this.nowMs,
    later: (effect) => this.later.push(effect),
  });

  transfer(index = 0) {
    const found = this.opened[index];
    if (!found) throw new Error(`No transfer ${index} was opened.`);
    return found;
  }

  item(index = 0) {
    const found = this.desk.items()[index];
    if (!found) throw new Error(`No item ${index} is on the desk.`);
    return found;
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('the upload desk', () => {
  let link: Link;
  beforeEach(() => {
    link = new Link();
  });

  it('sends at most a few files at once and takes the next when one is through', () => {
    for (let n = 0; n <= MAX_SENDING; n += 1) link.desk.add(file(`${n}.mp4`), lecture, null);
    expect(link.item(MAX_SENDING).phase).toBe('queued');
    link.transfer(0).events.onSent();
    expect(link.item(0).phase).toBe('sent');
    expect(link.item(MAX_SENDING).phase).toBe('sending');
  });

  it('goes on with an upload that was begun before', () => {
    link.desk.add(file(), lecture, 'begun');
    expect(link.transfer().destination).toEqual({ lectureId: 'lecture', uploadId: 'begun' });
  });

  it('pauses and goes on', () => {
    link.desk.add(file(), lecture, null);
    link.desk.pause(link.item().key);
    expect([link.item().phase, link.transfer().pauses]).toEqual(['paused', 1]);
    link.desk.resume(link.item().key);
    expect([link.item().phase, link.transfer().starts]).toEqual(['sending', 2]);
  });

  it('shows how far and how fast', () => {
    link.desk.add(file(), lecture, null);
    link.transfer().events.onProgress(0);
    link.nowMs = 2000;
    link.transfer().events.onProgress(500);
    expect(link.item()).toMatchObject({ sentBytes: 500, bytesPerSecond: 250 });
  });

  it('waits for the network and tries again by itself', () => {
    link.desk.add(file(), lecture, null);
    link.transfer().events.onProblem(new ServerProblem('unreachable'));
    expect(link.item().phase).toBe('waiting');
    link.desk.wake();
    expect([link.item().phase, link.transfer().starts]).toEqual(['sending', 2]);
    link.transfer().events.onProblem(new ServerProblem('unreachable'));
    link.later.at(-1)?.();
    expect(link.item().phase).toBe('sending');
  });

  it('does not wake what a person has paused', () => {
    link.desk.add(file(), lecture, null);
    link.desk.pause(link.item().key);
    link.desk.wake();
    expect(link.item().phase).toBe('paused');
  });

  it('keeps a file for whoever has to sign in again', () => {
    link.desk.add(file(), lecture, null);
    link.transfer().events.onProblem(new ServerProblem('not-signed-in'));
    expect(link.item()).toMatchObject({ phase: 'paused', problem: { code: 'not-signed-in' } });
    link.desk.resume(link.item().key);
    expect(link.item()).toMatchObject({ phase: 'sending', problem: null });
  });

  it('shows a refusal and sends the others on', () => {
    link.desk.add(file('a.mp4'), lecture, null);
    link.desk.add(file('b.mp4'), lecture, null);
    link.transfer(0).events.onProblem(new ServerProblem('storage-full'));
    expect(link.item(0)).toMatchObject({ phase: 'refused', problem: { code: 'storage-full' } });
    expect(link.item(1).phase).toBe('sending');
  });

  it('tells the digest once, as soon as digest and upload are known', async () => {
    link.desk.add(file(), lecture, null);
    await settled();
    expect(link.told).toEqual([]);
    link.transfer().events.onUpload('u1');
    link.transfer().events.onUpload('u1');
    link.desk.wake();
    expect(link.told).toEqual(['u1: sha256 of a.mp4']);
  });

  it('tells the digest again when the server could not be reached', async () => {
    link.refusal = new ServerProblem('unreachable');
    link.desk.add(file(), lecture, 'u1');
    await settled();
    link.refusal = null;
    link.desk.wake();
    expect(link.told).toEqual(['u1: sha256 of a.mp4']);
  });

  it('tells the digest at the end when the server was busy with the bytes', async () => {
    link.refusal = new ServerProblem('upload-busy');
    link.desk.add(file(), lecture, 'u1');
    await settled();
    link.refusal = null;
    link.transfer().events.onSent();
    expect(link.told).toEqual(['u1: sha256 of a.mp4']);
  });

  it('shows a file as refused whose digest is another', async () => {
    link.refusal = new ServerProblem('digest-mismatch');
    link.desk.add(file(), lecture, 'u1');
    await settled();
    expect(link.item()).toMatchObject({ phase: 'refused', problem: { code: 'digest-mismatch' } });
  });

  it('tells its watchers of every change until they leave', () => {
    let changes = 0;
    const leave = link.desk.watch(() => (changes += 1));
    link.desk.add(file(), lecture, null);
    expect(changes).toBeGreaterThan(0);
    leave();
    const before = changes;
    link.desk.clear();
    expect(changes).toBe(before);
    expect(link.desk.items()).toEqual([]);
  });
});
