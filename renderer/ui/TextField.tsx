/** Labelled text fields, and the search field with its clear button and match count. */
import { type ReactNode, type Ref, useId } from "react";
import { Glyph } from "./Glyph";
import "./controls.css";

interface TextFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
  /** Under the field, in smaller type. */
  help?: ReactNode;
  error?: ReactNode;
  isMono?: boolean;
  autoFocus?: boolean;
  placeholder?: string;
  /** Suggestions offered while typing. */
  suggestions?: readonly string[];
  isReadOnly?: boolean;
}

export function TextField(props: TextFieldProps): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        className={props.isMono ? "input mono" : "input"}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: a dialog's first field is where typing begins
        autoFocus={props.autoFocus}
        placeholder={props.placeholder}
        readOnly={props.isReadOnly}
        list={props.suggestions ? `${id}-list` : undefined}
        aria-invalid={props.error ? true : undefined}
        aria-describedby={`${id}-help`}
      />
      {props.suggestions ? <Suggestions id={`${id}-list`} texts={props.suggestions} /> : null}
      <div id={`${id}-help`} className={props.error ? "fieldError" : "fieldHelp"}>
        {props.error ?? props.help}
      </div>
    </div>
  );
}

export function Suggestions({ id, texts }: { id: string; texts: readonly string[] }): ReactNode {
  return (
    <datalist id={id}>
      {texts.map((text) => (
        <option key={text} value={text} />
      ))}
    </datalist>
  );
}

interface SearchFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
  placeholder: string;
  /** "12 of 340". */
  count?: string | undefined;
  inputRef?: Ref<HTMLInputElement>;
  /** Enter or arrow down: on to the results. */
  onSubmit?(): void;
  /** Escape in an empty field. */
  onLeave?(): void;
  /** Suggestions offered while typing. */
  suggestions?: readonly string[];
}

export function SearchField(props: SearchFieldProps): ReactNode {
  const { value, onChange } = props;
  const id = useId();
  return (
    <div className="searchField">
      <Glyph name="filter" />
      <input
        ref={props.inputRef}
        aria-label={props.label}
        value={value}
        placeholder={props.placeholder}
        spellCheck={false}
        autoComplete="off"
        list={props.suggestions ? `${id}-list` : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            if (value) onChange("");
            else props.onLeave?.();
          } else if (event.key === "Enter" || event.key === "ArrowDown") props.onSubmit?.();
          else return;
          event.preventDefault();
        }}
      />
      {props.suggestions ? <Suggestions id={`${id}-list`} texts={props.suggestions} /> : null}
      {props.count ? (
        <output className="searchCount" aria-live="polite">
          {props.count}
        </output>
      ) : null}
      {value ? (
        <button type="button" className="searchClear" aria-label="Clear" tabIndex={-1} onClick={() => onChange("")}>
          <Glyph name="close" />
        </button>
      ) : null}
    </div>
  );
}
