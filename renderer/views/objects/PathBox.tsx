/**
 * The path box: takes NT paths (`\Device\Null`) and DOS paths (`C:\`, `\\.\Null`), goes there on Enter, offers the
 * paths typed before, and shows a path that leads nowhere hop by hop up to where it failed.
 */
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useState } from "react";
import { visibleText } from "../../../preload/shared";
import { focusPane } from "../../frame/dock";
import { TypeIcon } from "../../icons/TypeIconSprite";
import { useSettings } from "../../settings/settings";
import { IconButton } from "../../ui/Button";
import { Glyph } from "../../ui/Glyph";
import { goToTypedPath, type PathAnswer } from "./navigation";
import { useObjects } from "./objectsStore";
import { PathFailure } from "./PathFailure";

export function PathBox({ inputRef }: { inputRef: RefObject<HTMLInputElement | null> }): ReactNode {
  const path = useObjects((store) => store.path);
  const typedBefore = useSettings((settings) => settings.pathHistory);
  const [text, setText] = useState(path);
  const [failure, setFailure] = useState<Exclude<PathAnswer, { found: true }> | undefined>();
  /** -1: the drop-down is open and nothing in it chosen; undefined: closed. */
  const [choice, setChoice] = useState<number | undefined>();
  const isOpen = choice !== undefined && typedBefore.length > 0;

  useEffect(() => {
    setText(path);
    setFailure(undefined);
  }, [path]);

  async function go(to: string) {
    setChoice(undefined);
    const answer = await goToTypedPath(to);
    setFailure(answer.found ? undefined : answer);
    if (!answer.found) return;
    setText(useObjects.getState().path);
    focusPane("objects");
  }

  function leave() {
    if (choice !== undefined || failure) {
      setChoice(undefined);
      setFailure(undefined);
    } else {
      setText(path);
      focusPane("objects");
    }
  }

  function handleKey(event: KeyboardEvent) {
    if (event.altKey && event.key !== "ArrowDown") return;
    const last = typedBefore.length - 1;
    if (event.key === "Enter") void go(typedBefore[choice ?? -1] ?? text);
    else if (event.key === "Escape") leave();
    else if (event.key === "ArrowDown") setChoice(choice === undefined ? -1 : Math.min(last, choice + 1));
    else if (event.key === "ArrowUp" && isOpen) setChoice(Math.max(-1, choice - 1));
    else return;
    event.preventDefault();
  }

  return (
    <div className="pathBox" data-invalid={failure ? true : undefined}>
      <TypeIcon type="Directory" />
      <input
        ref={inputRef}
        className="mono"
        role="combobox"
        aria-label="Path"
        aria-expanded={isOpen}
        aria-controls="pathHistory"
        aria-activedescendant={isOpen && choice >= 0 ? `pathHistory-${choice}` : undefined}
        aria-invalid={failure ? true : undefined}
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setFailure(undefined);
        }}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => setChoice(undefined)}
        onKeyDown={handleKey}
      />
      <IconButton
        label="Paths typed before"
        isDisabled={typedBefore.length === 0}
        onPress={() => {
          inputRef.current?.focus();
          setChoice(isOpen ? undefined : -1);
        }}
      >
        <Glyph name="chevronDown" />
      </IconButton>
      {isOpen ? (
        <div id="pathHistory" className="pathDrop" role="listbox" aria-label="Paths typed before">
          {typedBefore.map((typed, index) => (
            <div
              key={typed}
              id={`pathHistory-${index}`}
              className="pathChoice mono"
              role="option"
              tabIndex={-1}
              aria-selected={index === choice}
              onMouseDown={(event) => {
                event.preventDefault();
                void go(typed);
              }}
            >
              {visibleText(typed)}
            </div>
          ))}
        </div>
      ) : null}
      {failure ? <PathFailure failure={failure} onClose={() => setFailure(undefined)} /> : null}
    </div>
  );
}
