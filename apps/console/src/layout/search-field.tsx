import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { SearchIcon } from './icons';

/** Looks for a part of a name; tells what is sought once the typing rests. */
export function SearchField({ label, onSearch }: { label: string; onSearch: (sought: string) => void }) {
  const [text, setText] = useState('');
  const tell = useDebouncedCallback(onSearch, 250);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<SearchIcon size={16} />}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        tell(value.trim());
      }}
      style={{ flex: '1 1 14rem' }}
    />
  );
}
