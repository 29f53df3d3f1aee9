import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import css from './data-table.module.css';

export interface Column<T> {
  /** Its heading; `''` for a column of buttons, which needs none. */
  heading: string;
  cell: (row: T) => ReactNode;
  kind?: 'number' | 'actions';
}

/** Where a list goes on; see `usePages`. */
export interface More {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

interface Props<T> {
  /** Says to a screen reader what is listed. */
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  empty: ReactNode;
  pages?: More;
}

/** A list that a person reads; on a narrow screen its rows stand as cards. The roles outlive the change of `display`. */
export function DataTable<T>({ caption, columns, rows, rowKey, empty, pages }: Props<T>) {
  const { t } = useTranslation();
  if (rows.length === 0) return <div className={`${css.frame ?? ''} ${css.empty ?? ''}`}>{empty}</div>;
  return (
    <div className={css.frame}>
      <table className={css.table} role="table" aria-label={caption}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ heading, kind }) => (
              <th key={heading} role="columnheader" scope="col" className={classOf(css.head, kind)}>
                {heading || <span className={css.caption}>{t('table.actions')}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className={css.body}>
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row" className={css.row}>
              {columns.map(({ heading, cell, kind }, index) => (
                <td key={heading} role="cell" className={classOf(css.cell, kind)}>
                  {index > 0 && heading && (
                    <span className={css.label} aria-hidden="true">
                      {heading}
                    </span>
                  )}
                  <div>{cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {pages?.hasNextPage && (
        <div className={css.more}>
          <Button variant="subtle" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('table.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

const classOf = (base: string | undefined, kind: Column<never>['kind']) =>
  [base, kind && css[kind]].filter(Boolean).join(' ');
