import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import controls from '../layout/controls.module.css';
import { MoreButton } from '../layout/more-button.js';
import { Notice } from '../layout/notice.js';
import { Poster } from '../layout/poster.js';
import { ReadingView } from '../layout/reading-view.js';
import { listPath, usePages } from '../server/use-pages.js';
import styles from './hall.module.css';
import { SearchByTitle } from './search-by-title.js';

interface Titled {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly posterUrl: string | null;
}

interface ChoicesProps<Item> {
  /** Of a list that can be searched. */
  readonly path: string;
  readonly filters?: Readonly<Record<string, string>>;
  readonly isOffered: (item: Item) => boolean;
  readonly hrefOf: (item: Item) => string;
  readonly hintOf: (item: Item) => string;
}

/** What a hall can choose from, as wide targets for four arrow keys and OK, a page at a time. */
export function Choices<Item extends Titled>({ path, filters, isOffered, hrefOf, hintOf }: ChoicesProps<Item>) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const q = params.get('q') ?? undefined;
  const pages = usePages<Item>(listPath(path, { ...filters, q, limit: '24' }));
  return (
    <>
      <SearchByTitle />
      <ReadingView reader={pages.reader}>
        {({ items }) => {
          const offered = [...items, ...pages.rest].filter(isOffered);
          if (offered.length === 0) return <Notice>{t('catalogue.noneFound')}</Notice>;
          return (
            <>
              <ul className={styles.grid}>
                {offered.map((item) => (
                  <li key={item.id}>
                    <Link href={hrefOf(item)} className={styles.choice}>
                      <Poster url={item.posterUrl} title={item.title} />
                      <strong lang={item.language}>{item.title}</strong>
                      <span className={controls.hint}>{hintOf(item)}</span>
                    </Link>
                  </li>
                ))}
              </ul>
              <MoreButton pages={pages} />
            </>
          );
        }}
      </ReadingView>
    </>
  );
}
