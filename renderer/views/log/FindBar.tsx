/** Finds in the log: Enter and F3 go on, Shift+Enter and Shift+F3 go back, Escape closes. */
import { type ReactNode, type RefObject, useState } from "react";
import { IconButton } from "../../ui/Button";
import { Glyph } from "../../ui/Glyph";

export interface FindQuery {
  text: string;
  regex: boolean;
  matchCase: boolean;
}

interface FindBarProps {
  query: FindQuery;
  inputRef: RefObject<HTMLInputElement | null>;
  onQuery(query: FindQuery): void;
  /** @returns whether there was a match */
  onFind(backwards: boolean): Promise<boolean>;
  onClose(): void;
}

export function FindBar({ query, inputRef, onQuery, onFind, onClose }: FindBarProps): ReactNode {
  const [missed, setMissed] = useState(false);
  const find = async (backwards: boolean) => setMissed(query.text !== "" && !(await onFind(backwards)));
  const change = (changes: Partial<FindQuery>) => {
    setMissed(false);
    onQuery({ ...query, ...changes });
  };
  return (
    <search className="findBar">
      <input
        ref={inputRef}
        className="input"
        aria-label="Find in the log"
        placeholder="Find"
        value={query.text}
        spellCheck={false}
        aria-invalid={missed ? true : undefined}
        onChange={(event) => change({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === "Enter") void find(event.shiftKey);
          else if (event.key === "Escape") onClose();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <IconButton
        label="Match case"
        isPressed={query.matchCase}
        onPress={() => change({ matchCase: !query.matchCase })}
      >
        <span className="mono">Aa</span>
      </IconButton>
      <IconButton label="Regular expression" isPressed={query.regex} onPress={() => change({ regex: !query.regex })}>
        <span className="mono">.*</span>
      </IconButton>
      <IconButton label="Find previous" keys="Shift+F3" onPress={() => void find(true)}>
        <Glyph name="up" />
      </IconButton>
      <IconButton label="Find next" keys="F3" onPress={() => void find(false)}>
        <Glyph name="down" />
      </IconButton>
      <output className="muted">{missed ? "No match" : ""}</output>
      <span className="toolbarGap" />
      <IconButton label="Close" keys="Esc" onPress={onClose}>
        <Glyph name="close" />
      </IconButton>
    </search>
  );
}
