import { overrideKinds, type OverrideKind, type PresenceGrade, type SessionKind } from '#libs/domain';

interface Case {
  readonly kind: SessionKind;
  readonly grade: PresenceGrade | null;
  readonly standing: OverrideKind;
}

/** What can be ruled: not again what stands, nor of a personal session that somebody was in it. */
export const choicesOf = ({ kind, grade, standing }: Case): OverrideKind[] =>
  overrideKinds.filter(
    (choice) =>
      choice !== standing && (choice !== 'attest' || kind !== 'personal') && (choice !== 'annul' || grade !== null),
  );
