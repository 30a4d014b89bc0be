/** The rules of the log's filter, in order: TraceView's {column, pattern, action} rows with DebugView's patterns. */
import { type ReactNode, useState } from "react";
import type { LogAction, LogColumn, LogMatch, LogRule } from "../../../preload/shared";
import { Button, IconButton } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Glyph } from "../../ui/Glyph";
import { wildcardRule } from "./quickFilter";

const actions: readonly { value: LogAction; label: string }[] = [
  { value: "include", label: "Include" },
  { value: "exclude", label: "Exclude" },
  { value: "highlight", label: "Highlight" },
  { value: "mark", label: "Bookmark" },
  { value: "discard", label: "Discard at capture" },
];
const columns: readonly { value: LogColumn; label: string }[] = [
  { value: "any", label: "Any column" },
  { value: "text", label: "Message" },
  { value: "process", label: "Process" },
  { value: "processId", label: "PID" },
  { value: "threadId", label: "TID" },
  { value: "source", label: "Source" },
  { value: "component", label: "Component" },
  { value: "level", label: "Level" },
];
const matches: readonly { value: LogMatch; label: string }[] = [
  { value: "wildcards", label: "Wildcards * ;" },
  { value: "regex", label: "Regular expression" },
  { value: "equals", label: "Equals" },
];

interface FilterDialogProps {
  rules: readonly LogRule[];
  colours: readonly string[];
  onApply(rules: LogRule[]): void;
  onClose(): void;
}

export function FilterDialog({ rules, colours, onApply, onClose }: FilterDialogProps): ReactNode {
  const [edited, setEdited] = useState<LogRule[]>([...rules]);
  const change = (index: number, changes: Partial<LogRule>) =>
    setEdited(edited.map((rule, at) => (at === index ? { ...rule, ...changes } : rule)));
  const move = (index: number, by: number) => {
    const rule = edited[index];
    if (!rule) return;
    const others = edited.filter((_, at) => at !== index);
    setEdited([...others.slice(0, index + by), rule, ...others.slice(index + by)]);
  };
  return (
    <Dialog
      title="Filter and highlight"
      width={760}
      onClose={onClose}
      submitLabel="Apply"
      onSubmit={() => onApply(edited.filter((rule) => rule.text !== ""))}
    >
      <p className="muted">
        Rules apply from top to bottom; the first include or exclude rule that matches decides. With an include rule in
        the list, lines that none matches are hidden. Discarded lines are gone for good.
      </p>
      <div className="ruleRows">
        {edited.map((rule, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place in the list; two may be equal.
          <div key={index} className="ruleRow">
            <input
              type="checkbox"
              aria-label="Enabled"
              checked={rule.enabled}
              onChange={() => change(index, { enabled: !rule.enabled })}
            />
            <Choice
              label="Action"
              value={rule.action}
              options={actions}
              onChange={(action) => change(index, { action })}
            />
            <Choice
              label="Column"
              value={rule.column}
              options={columns}
              onChange={(column) => change(index, { column })}
            />
            <Choice label="Match" value={rule.match} options={matches} onChange={(match) => change(index, { match })} />
            <input
              className="input rulePattern"
              aria-label="Pattern"
              value={rule.text}
              spellCheck={false}
              aria-invalid={patternError(rule) ? true : undefined}
              title={patternError(rule)}
              onChange={(event) => change(index, { text: event.currentTarget.value })}
            />
            {rule.action === "highlight" ? (
              <ColourChoice colours={colours} value={rule.colour} onChange={(colour) => change(index, { colour })} />
            ) : (
              <span className="ruleColour" />
            )}
            <IconButton
              label="Match case"
              isPressed={rule.matchCase}
              onPress={() => change(index, { matchCase: !rule.matchCase })}
            >
              <span className="mono">Aa</span>
            </IconButton>
            <IconButton label="Move up" isDisabled={index === 0} onPress={() => move(index, -1)}>
              <Glyph name="up" />
            </IconButton>
            <IconButton label="Move down" isDisabled={index === edited.length - 1} onPress={() => move(index, 1)}>
              <Glyph name="down" />
            </IconButton>
            <IconButton label="Remove rule" onPress={() => setEdited(edited.filter((_, at) => at !== index))}>
              <Glyph name="trash" />
            </IconButton>
          </div>
        ))}
        {edited.length === 0 ? <p className="muted">No rules: every line is shown.</p> : null}
      </div>
      <div>
        <Button
          onPress={() => setEdited([...edited, wildcardRule("include", "any", "", edited.length % colours.length)])}
        >
          <Glyph name="plus" /> Add rule
        </Button>
      </div>
    </Dialog>
  );
}

/** What is wrong with a pattern; the engine takes such an expression as plain text. */
export function patternError(rule: LogRule): string | undefined {
  if (rule.match !== "regex") return undefined;
  try {
    new RegExp(rule.text, "u");
    return undefined;
  } catch (error) {
    return `${(error as Error).message}. It is matched as plain text.`;
  }
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange(value: Value): void;
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>): ReactNode {
  return (
    <select
      className="input"
      aria-label={label}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.currentTarget.value);
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

function ColourChoice({
  colours,
  value,
  onChange,
}: {
  colours: readonly string[];
  value: number;
  onChange(colour: number): void;
}): ReactNode {
  return (
    <button
      type="button"
      className="ruleColour ruleSwatch"
      aria-label={`Colour ${value + 1} of ${colours.length}; press for the next`}
      style={{ background: colours[value] }}
      onClick={() => onChange((value + 1) % colours.length)}
    />
  );
}
