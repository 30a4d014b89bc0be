/** A choice of one, by the browser's own drop-down: native keys, native size, and readable by every screen reader. */
import { type ReactNode, useId } from "react";
import "./controls.css";

interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange(value: Value): void;
  /** The label is spoken but not drawn. */
  isLabelHidden?: boolean;
}

export function Select<Value extends string>(props: SelectProps<Value>): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id} className={props.isLabelHidden ? "visuallyHidden" : undefined}>
        {props.label}
      </label>
      <select
        id={id}
        className="input"
        value={props.value}
        onChange={(event) => {
          const chosen = props.options.find((option) => option.value === event.currentTarget.value);
          if (chosen) props.onChange(chosen.value);
        }}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
