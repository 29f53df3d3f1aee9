/** What the audit log knows. An entry names people and things by id only, so that erasing a person leaves the chain whole. */
export const deeds = [
  'account-created',
  'account-closed',
  'learner-erased',
  'statements-brought',
  'edition-retried',
  'edition-re-encoded',
  'edition-changed',
  'pipeline-paused',
  'pipeline-resumed',
  'held-batches-released',
  'held-batches-discarded',
  'device-reissued',
  'dispute-raised',
  'dispute-answered',
  'presence-overridden',
  'walk-in-claimed',
  'walk-in-declined',
  'flag-decided',
  'retention-set',
  'paper-typed-in',
] as const;
export type Deed = (typeof deeds)[number];
