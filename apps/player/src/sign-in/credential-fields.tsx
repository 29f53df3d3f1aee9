import { useTranslation } from 'react-i18next';
import { TextField } from '../layout/text-field.js';

export type Way = 'byAccount' | 'byCard' | 'byPin';

export function CredentialFields({ way }: { way: Way }) {
  const { t } = useTranslation();
  switch (way) {
    case 'byCard':
      return <TextField key="card" label={t('signIn.card')} hint={t('signIn.cardHint')} name="card" type="password" />;
    case 'byPin':
      return (
        <>
          <TextField key="code" label={t('signIn.learnerCode')} name="learnerCode" />
          <TextField key="pin" label={t('signIn.pin')} name="pin" type="password" inputMode="numeric" />
        </>
      );
    case 'byAccount':
      return (
        <>
          <TextField key="login" label={t('signIn.login')} name="login" autoComplete="username" />
          <TextField
            key="password"
            label={t('signIn.password')}
            name="password"
            type="password"
            autoComplete="current-password"
          />
        </>
      );
  }
}
