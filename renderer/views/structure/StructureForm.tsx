/** Which structure, and where: a type with suggestions, an address or path, and the way back. */
import { type FormEvent, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from "react";
import { runCommand } from "../../commands/registry";
import { Button, IconButton } from "../../ui/Button";
import { Glyph } from "../../ui/Glyph";
import { SearchField, Suggestions } from "../../ui/TextField";
import { ownStructure } from "./ownStructure";
import type { StructurePaneState } from "./structureController";

interface StructureFormProps {
  state: StructurePaneState;
  filterRef: RefObject<HTMLInputElement | null>;
}

export function StructureForm({ state, filterRef }: StructureFormProps): ReactNode {
  const { history, names } = state;
  const id = useId();
  const [type, setType] = useState(state.type);
  const [where, setWhere] = useState(state.where);
  const typeRef = useRef<HTMLInputElement>(null);
  // Where one has gone by a link, the fields follow; a place without a type asks for it.
  useEffect(() => {
    setType(state.type);
    setWhere(state.where);
    if (state.type === "" && state.where !== "") typeRef.current?.focus();
  }, [state.type, state.where]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (type.trim() !== "") void ownStructure.go(type.trim(), where.trim());
  };
  return (
    <form className="toolbar" onSubmit={submit}>
      <IconButton
        label="Back"
        keys="Alt+Left"
        isDisabled={history.at <= 0}
        onPress={() => void runCommand("view.back")}
      >
        <Glyph name="back" />
      </IconButton>
      <IconButton
        label="Forward"
        keys="Alt+Right"
        isDisabled={history.at >= history.entries.length - 1}
        onPress={() => void runCommand("view.forward")}
      >
        <Glyph name="forward" />
      </IconButton>
      <input
        ref={typeRef}
        className="input mono structureType"
        aria-label="Type of the structure"
        placeholder="Type, such as DEVICE_OBJECT"
        value={type}
        list={id}
        spellCheck={false}
        autoComplete="off"
        data-pane-focus=""
        onChange={(event) => setType(event.currentTarget.value)}
      />
      <Suggestions id={id} texts={names} />
      <input
        className="input mono structureWhere"
        aria-label="Address or path; empty for the layout alone"
        placeholder="Address or path; empty for the layout alone"
        value={where}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setWhere(event.currentTarget.value)}
      />
      <Button type="submit" onPress={() => undefined} isDisabled={type.trim() === ""}>
        Show
      </Button>
      <span className="toolbarLine" />
      <div className="structureFilter">
        <SearchField
          label="Filter fields"
          placeholder="Filter"
          value={state.filter}
          onChange={(filter) => ownStructure.setFilter(filter)}
          inputRef={filterRef}
        />
      </div>
      <IconButton
        label={state.isLive ? "Live: values follow the machine" : "Stopped: values stay as they were read"}
        isPressed={state.isLive}
        onPress={() => ownStructure.setLive(!state.isLive)}
      >
        <Glyph name={state.isLive ? "pause" : "play"} />
      </IconButton>
      <IconButton label="Refresh" keys="F5" isDisabled={!state.dump} onPress={() => void ownStructure.reload()}>
        <Glyph name="refresh" />
      </IconButton>
    </form>
  );
}
