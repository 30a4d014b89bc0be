/** What to write, read or control on the chosen handle. */
import { type ReactNode, useState } from "react";
import { parseHex } from "../../../preload/shared";
import { Button } from "../../ui/Button";
import { ControlForm } from "./ControlForm";
import { type OpenDevice, readDevice, writeDevice } from "./consoleState";
import { NumberInput } from "./NumberInput";
import { parseSize } from "./parseSize";

/** What a read asks for at first: a page, as the article's program does. */
const FIRST_LENGTH = "4096";

export function RequestForm({ device }: { device: OpenDevice }): ReactNode {
  const [text, setText] = useState("");
  const [isHex, setIsHex] = useState(false);
  const [length, setLength] = useState(FIRST_LENGTH);
  const [offset, setOffset] = useState("");
  const data = isHex ? parseHex(text) : new TextEncoder().encode(text);
  const at = offset.trim() === "" ? undefined : parseSize(offset);
  const badOffset = offset.trim() !== "" && at === undefined;
  const size = parseSize(length);
  const canWrite = data !== undefined && !badOffset && device.access !== "r" && device.access !== "0";
  const canRead = size !== undefined && !badOffset && device.access !== "w" && device.access !== "0";
  return (
    <div className="requestForm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (canWrite && data) void writeDevice(device, data, at);
        }}
      >
        <select
          className="input"
          aria-label="Form of the data"
          value={isHex ? "hex" : "text"}
          onChange={(event) => setIsHex(event.currentTarget.value === "hex")}
        >
          <option value="text">Text</option>
          <option value="hex">Hex</option>
        </select>
        <input
          className={isHex ? "input mono requestData" : "input requestData"}
          aria-label="Data to write"
          placeholder={isHex ? "48 65 6c 6c 6f" : "Text to write (UTF-8)"}
          value={text}
          spellCheck={false}
          aria-invalid={data === undefined ? true : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" isDisabled={!canWrite} onPress={() => undefined}>
          Write
        </Button>
      </form>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (canRead) void readDevice(device, size, at);
        }}
      >
        <NumberInput label="Bytes" value={length} isWrong={size === undefined} onChange={setLength} />
        <NumberInput label="Offset" value={offset} isWrong={badOffset} placeholder="current" onChange={setOffset} />
        <Button type="submit" isDisabled={!canRead} onPress={() => undefined}>
          Read
        </Button>
      </form>
      <ControlForm device={device} />
    </div>
  );
}
