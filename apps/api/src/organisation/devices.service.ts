import type {
  CreatePairingCode,
  DeviceView,
  EnrolDevice,
  EnrolledDevice,
  PairingCode as Pairing,
  RoleName,
} from '#libs/contracts';
import { appendAudit, Device, PairingCode } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Attempts } from '../http/attempts.js';
import { Authority } from '../http/authority.js';
import { actorOf, type Caller } from '../http/caller.js';
import { hashOf, newSecret } from '../http/secrets.js';
import { endRightsOfDevice, takePairingCode, talliesOf, type Tally } from './devices.queries.js';
import { newPairingCode, plainPairingCode } from './pairing-code.js';
import { findSite } from './sites.queries.js';

const KEEPERS: readonly RoleName[] = ['admin', 'operator'];
const PAIRING_LIFE_MS = 30 * 60_000;
const WRONG_CODES = 30;

/** The players that belong to a site. */
@Injectable()
export class DevicesService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly attempts: Attempts,
  ) {}

  async list(siteId: string, caller: Caller): Promise<{ items: DeviceView[]; next: null }> {
    await this.authority.require(caller, KEEPERS, { siteId });
    const devices = await this.database.manager.find(Device, {
      where: { siteId, revokedAt: IsNull() },
      order: { enrolledAt: 'ASC', id: 'ASC' },
    });
    const tallies = await talliesOf(
      this.database.manager,
      devices.map(({ id }) => id),
    );
    return { items: devices.map((device) => deviceViewOf(device, tallies.get(device.id))), next: null };
  }

  /** @throws {DomainError} `not-found` when a device is named that never was at this site. */
  async createPairingCode(
    siteId: string,
    { deviceName, deviceId }: CreatePairingCode,
    caller: Caller,
  ): Promise<Pairing> {
    await this.authority.require(caller, KEEPERS, { siteId });
    if (deviceId && !(await this.database.manager.existsBy(Device, { id: deviceId, siteId })))
      throw new DomainError('not-found', `There is no device ${deviceId} at this site.`);
    const code = newPairingCode();
    const expiresAt = new Date(Date.now() + PAIRING_LIFE_MS);
    const codeHash = hashOf(plainPairingCode(code));
    await this.database.manager.insert(PairingCode, {
      codeHash,
      siteId,
      deviceId: deviceId ?? null,
      deviceName,
      issuedBy: actorOf(caller),
      expiresAt,
    });
    return { code, expiresAt: expiresAt.toISOString() };
  }

  /** @throws {DomainError} `pairing-code-invalid`, or `too-many-attempts` from this address. */
  async enrol({ code, installation }: EnrolDevice, address: string): Promise<EnrolledDevice> {
    const limit = { subject: `pairing:${address}`, failures: WRONG_CODES };
    const enrolled = await this.attempts.within([limit], () =>
      this.database.transaction((tx) => this.redeem(tx, hashOf(plainPairingCode(code)), installation ?? null)),
    );
    if (!enrolled) throw new DomainError('pairing-code-invalid', 'This pairing code is wrong, used up or too old.');
    return enrolled;
  }

  /** The credential dies at once, and with it every session on the device. */
  async revoke(id: string, caller: Caller): Promise<void> {
    const device = await this.database.manager.findOneBy(Device, { id, revokedAt: IsNull() });
    const allowed = device && (await this.authority.holds(caller, KEEPERS, { siteId: device.siteId }));
    if (!allowed) throw new DomainError('not-found', `There is no device ${id}.`);
    await this.database.transaction(async (tx) => {
      const { affected } = await tx.update(Device, { id, revokedAt: IsNull() }, { revokedAt: new Date() });
      if (affected) await appendAudit(tx, { by: actorOf(caller), deed: 'device-revoked', facts: { device: id } });
    });
  }

  private async redeem(
    tx: EntityManager,
    codeHash: string,
    installation: string | null,
  ): Promise<EnrolledDevice | undefined> {
    const pairing = await takePairingCode(tx, codeHash);
    const site = pairing && (await findSite(tx, pairing.siteId));
    if (!site) return undefined;
    const [deviceId, credential] = [pairing.deviceId ?? uuidv7(), newSecret()];
    const { deviceName } = pairing;
    const device = { siteId: site.id, name: deviceName, secretHash: hashOf(credential), installation };
    if (pairing.deviceId) await reissue(tx, deviceId, device, pairing.issuedBy);
    else await tx.insert(Device, { id: deviceId, ...device });
    return { deviceId, siteId: site.id, siteName: site.name, deviceName, credential };
  }
}

/** The device goes on as itself: its sessions are its own, and what it has not sent yet it may send. All older rights end. */
async function reissue(tx: EntityManager, id: string, device: Partial<Device>, by: string): Promise<void> {
  await tx.update(Device, id, { ...device, revokedAt: null });
  await endRightsOfDevice(tx, id);
  await appendAudit(tx, { by, deed: 'device-reissued', facts: { device: id } });
}

const NO_TALLY: Tally = { missing: 0, held: 0 };
const deviceViewOf = ({ id, name, enrolledAt, lastSeenAt }: Device, { missing, held } = NO_TALLY): DeviceView => ({
  id,
  name,
  enrolledAt: enrolledAt.toISOString(),
  lastSeenAt: lastSeenAt?.toISOString() ?? null,
  missingBatches: missing,
  heldBatches: held,
});
