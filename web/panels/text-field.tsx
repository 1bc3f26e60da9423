// A text that is saved when the hand leaves it: Enter saves, Esc gives the old text back.
import { Input } from 'antd';
import { useEffect, useState } from 'react';

interface Props {
  label: string;
  value: string;
  onSave: (value: string) => void;
  maxLength: number;
  placeholder?: string;
  /** An empty text is not saved. */
  required?: boolean;
}

export function TextField({ label, value, onSave, maxLength, placeholder, required = false }: Props) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const save = (): void => {
    const trimmed = text.trim();
    if (trimmed === value || (required && trimmed === '')) setText(value);
    else onSave(trimmed);
  };
  return (
    <Input
      aria-label={label}
      value={text}
      maxLength={maxLength}
      placeholder={placeholder}
      onChange={(event) => setText(event.target.value)}
      onBlur={save}
      onPressEnter={(event) => {
        if (!event.nativeEvent.isComposing) event.currentTarget.blur();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        setText(value);
      }}
    />
  );
}
