/** A control code for the chosen handle: DeviceIoControl with bytes in and room for the answer. */
import { type ReactNode, useState } from "react";
import { parseHex } from "../../../preload/shared";
import { Button } from "../../ui/Button";
import { controlDevice, type OpenDevice } from "./consoleState";
import { NumberInput } from "./NumberInput";
import { parseSize } from "./parseSize";

/** As a read's: a page. */
const FIRST_ROOM = "4096";
const LARGEST_CODE = 0xffff_ffff;

export function ControlForm({ device }: { device: OpenDevice }): ReactNode {
  const [codeText, setCodeText] = useState("");
  const [hex, setHex] = useState("");
  const [room, setRoom] = useState(FIRST_ROOM);
  const parsed = parseSize(codeText);
  const code = parsed !== undefined && parsed <= LARGEST_CODE ? parsed : undefined;
  const input = parseHex(hex);
  const outputLength = parseSize(room);
  const canSend = code !== undefined && input !== undefined && outputLength !== undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (canSend) void controlDevice(device, code, input, outputLength);
      }}
    >
      <NumberInput
        label="Control code"
        value={codeText}
        isWrong={codeText.trim() !== "" && code === undefined}
        placeholder="0x222000"
        onChange={setCodeText}
      />
      <input
        className="input mono requestData"
        aria-label="Input in hex"
        placeholder="Input: 01 02 03"
        value={hex}
        spellCheck={false}
        aria-invalid={input === undefined ? true : undefined}
        onChange={(event) => setHex(event.currentTarget.value)}
      />
      <NumberInput label="Output size" value={room} isWrong={outputLength === undefined} onChange={setRoom} />
      <Button type="submit" isDisabled={!canSend} onPress={() => undefined}>
        Send Code
      </Button>
    </form>
  );
}
