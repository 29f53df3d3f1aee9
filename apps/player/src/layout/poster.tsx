import { useState } from 'react';
import styles from './poster.module.css';

interface Props {
  url: string | null;
  title: string;
}

/** The picture says nothing that the title beside it does not. */
export function Poster({ url, title }: Props) {
  const [failed, setFailed] = useState<string>();
  if (url && failed !== url)
    return <img className={styles.poster} src={url} alt="" loading="lazy" onError={() => setFailed(url)} />;
  return (
    <div className={`${styles.poster} ${styles.empty}`} aria-hidden="true">
      {title.slice(0, 2)}
    </div>
  );
}
