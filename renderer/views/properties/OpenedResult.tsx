/** What a driver answered when its device was opened. */
import type { ReactNode } from "react";
import type { ObjectInfo } from "../../../preload/shared";
import { ErrorText } from "../../ui/ErrorText";
import { Glyph } from "../../ui/Glyph";

/** NTSTATUS severity: the top two bits are 0 for success. */
function isSuccess(status: string): boolean {
  return Number.parseInt(status, 16) >>> 30 === 0;
}

export function OpenedResult({ opened }: { opened: NonNullable<ObjectInfo["opened"]> }): ReactNode {
  if (!opened.ok) return <ErrorText error={opened.error} />;
  const { status, duration } = opened.value;
  if (!isSuccess(status.status)) return <ErrorText error={status} />;
  return (
    <span className="openedGood" role="status">
      <Glyph name="good" />
      <span>
        Opened and closed: <span className="mono">{status.name}</span> ({status.status}) in {duration.toFixed(1)} ms
      </span>
    </span>
  );
}
