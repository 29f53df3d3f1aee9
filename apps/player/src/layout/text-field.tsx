import { useId, type ComponentProps } from 'react';
import controls from './controls.module.css';

type Props = ComponentProps<'input'> & { label: string; hint?: string };

/** A field that must be filled in. */
export function TextField({ label, hint, ...input }: Props) {
  const id = useId();
  const hintId = `${id}hint`;
  return (
    <div className={controls.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={controls.input}
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-describedby={hint && hintId}
        {...input}
      />
      {hint && (
        <span id={hintId} className={controls.hint}>
          {hint}
        </span>
      )}
    </div>
  );
}
