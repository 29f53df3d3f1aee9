import { z } from 'zod';
import { PageQuery, pageOf } from './paging.js';
import { RoleGrant, RoleName } from './session.js';

const name = z.string().trim().min(1).max(200);
const timeZone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}, 'is not a time zone');

export const unitKinds = ['centre', 'province', 'prefecture', 'county', 'township', 'village'] as const;
export const UnitKind = z.enum(unitKinds);
export type UnitKind = z.output<typeof UnitKind>;

export const UnitView = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: UnitKind,
  timeZone: z.string(),
  parentId: z.uuid().nullable(),
});
export type UnitView = z.output<typeof UnitView>;
/** `parentId`: the children of that unit; `q`: part of the name. */
export const UnitQuery = PageQuery.extend({ parentId: z.uuid().optional(), q: z.string().max(100).optional() });
export type UnitQuery = z.output<typeof UnitQuery>;
export const UnitPage = pageOf(UnitView);
export const CreateUnit = z.object({ name, kind: UnitKind, parentId: z.uuid(), timeZone: timeZone.optional() });
export type CreateUnit = z.output<typeof CreateUnit>;

const link = {
  linkKbps: z.number().int().min(8).max(10_000_000),
  linkMbPerMonth: z.number().int().min(1).nullable(),
  /** `HH:MM-HH:MM` in the unit's time zone; null for any hour. */
  linkHours: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/)
    .nullable(),
};
export const SiteView = z.object({
  id: z.uuid(),
  unitId: z.uuid(),
  unitName: z.string(),
  name: z.string(),
  timeZone: z.string(),
  ...link,
});
export type SiteView = z.output<typeof SiteView>;
/** `unitId`: sites in the whole subtree of that unit. */
export const SiteQuery = PageQuery.extend({ unitId: z.uuid().optional(), q: z.string().max(100).optional() });
export type SiteQuery = z.output<typeof SiteQuery>;
export const SitePage = pageOf(SiteView);
export const CreateSite = z.object({ unitId: z.uuid(), name, ...z.object(link).partial().shape });
export type CreateSite = z.output<typeof CreateSite>;

/** A learner as those who answer for the roster see them. Cards and PINs are never shown again. */
export const LearnerView = z.object({
  id: z.uuid(),
  name: z.string(),
  code: z.string(),
  hasCard: z.boolean(),
  hasPin: z.boolean(),
});
export type LearnerView = z.output<typeof LearnerView>;
export const RosterPage = pageOf(LearnerView);
/** `on`: as the roster was that day, a day more or less for the sake of time zones; else as it is. */
export const RosterQuery = PageQuery.extend({ on: z.iso.date().optional() });
export type RosterQuery = z.output<typeof RosterQuery>;
/** Adds a learner to the roster: a new one, or by `code` one who exists. `card` and `pin` are set when given. */
export const AddLearner = z.object({
  code: z.string().trim().min(1).max(60),
  name,
  card: z.string().min(4).max(100).optional(),
  pin: z
    .string()
    .regex(/^\d{4,8}$/)
    .optional(),
});
export type AddLearner = z.output<typeof AddLearner>;

/**
 * What a hall needs to take the roll with the link down. A card is known by `cardCheck`: PBKDF2 (SHA-256, 128 bits, in hex)
 * over the card's SHA-256 in hex, with `cards.salt`. Nothing here tells a PIN: whether it is right, only the house knows.
 */
export const HallView = z.object({
  site: SiteView,
  cards: z.object({ salt: z.string(), iterations: z.number().int() }),
  roster: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      code: z.string(),
      hasPin: z.boolean(),
      cardCheck: z.string().nullable(),
    }),
  ),
});
export type HallView = z.output<typeof HallView>;
/** A PIN that somebody has typed on a hall's device. */
export const CheckPin = z.object({ learnerId: z.uuid(), pin: z.string().regex(/^\d{4,8}$/) });
export type CheckPin = z.output<typeof CheckPin>;

export const PairingCode = z.object({ code: z.string(), expiresAt: z.iso.datetime() });
export type PairingCode = z.output<typeof PairingCode>;
/** With `deviceId`, that device gets a new credential by the code, and its old one ends. */
export const CreatePairingCode = z.object({ deviceName: name, deviceId: z.uuid().optional() });
export type CreatePairingCode = z.output<typeof CreatePairingCode>;
/** `installation`: which browser or box this is; batches of another that shows the same credential are held aside. */
export const EnrolDevice = z.object({
  code: z.string().trim().min(4).max(40),
  installation: z.uuid().toLowerCase().optional(),
});
export type EnrolDevice = z.output<typeof EnrolDevice>;
/** `credential` is sent as `Authorization: Device {credential}` and is told only here. */
export const EnrolledDevice = z.object({
  deviceId: z.uuid(),
  siteId: z.uuid(),
  siteName: z.string(),
  deviceName: z.string(),
  credential: z.string(),
});
export type EnrolledDevice = z.output<typeof EnrolledDevice>;
export const DeviceView = z.object({
  id: z.uuid(),
  name: z.string(),
  enrolledAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime().nullable(),
  /** Numbers that it has used and that have not arrived. */
  missingBatches: z.number().int(),
  /** What may be a copy's: kept, and not counted before somebody decides. */
  heldBatches: z.number().int(),
});
export type DeviceView = z.output<typeof DeviceView>;
export const DeviceList = z.object({ items: z.array(DeviceView), next: z.null() });

export const AccountSummary = z.object({
  id: z.uuid(),
  login: z.string(),
  name: z.string(),
  learnerId: z.uuid().nullable(),
  roles: z.array(RoleGrant),
});
export type AccountSummary = z.output<typeof AccountSummary>;
export const AccountPage = pageOf(AccountSummary);
export const CreateAccount = z.object({
  login: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}._@-]{2,100}$/u),
  name,
  password: z.string().min(8).max(200),
  learnerId: z.uuid().optional(),
  roles: z
    .array(z.object({ role: RoleName, unitId: z.uuid().optional(), siteId: z.uuid().optional() }))
    .max(20)
    .default([]),
});
export type CreateAccount = z.output<typeof CreateAccount>;
