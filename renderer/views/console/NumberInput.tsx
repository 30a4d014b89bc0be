/** A length, an offset or a code as it is typed. */
import type { ReactNode } from "react";

interface NumberInputProps {
  label: string;
  value: string;
  isWrong: boolean;
  placeholder?: string;
  onChange(value: string): void;
}

export function NumberInput({ label, value, isWrong, placeholder, onChange }: NumberInputProps): ReactNode {
  return (
    <label>
      {label}
      <input
        className="input mono requestNumber"
        value={value}
        placeholder={placeholder}
        aria-invalid={isWrong ? true : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
