/** An object's properties: read when shown, read again when its directory changed, and with the device opened on request. */
import { useCallback, useEffect, useRef, useState } from "react";
import { type ObjectInfo, parentPath, type StatusError } from "../../../preload/shared";
import { engine } from "../../engine/connection";

export interface ObjectInfoState {
  info: ObjectInfo | undefined;
  error: StatusError | undefined;
  isOpening: boolean;
  refresh(): void;
  /** Sends the device an open, which its driver sees. */
  openToQuery(): void;
}

export function useObjectInfo(path: string): ObjectInfoState {
  const [info, setInfo] = useState<ObjectInfo | undefined>();
  const [error, setError] = useState<StatusError | undefined>();
  const [isOpening, setIsOpening] = useState(false);
  const latest = useRef(0);

  const read = useCallback(
    async (open: boolean) => {
      latest.current += 1;
      const request = latest.current;
      if (open) setIsOpening(true);
      const answer = await engine.call("objects.describe", { path, open });
      if (open) setIsOpening(false);
      // A later request's answer is the truer one, whichever comes last.
      if (request !== latest.current) return;
      if (answer.ok) {
        // What opening answered stays in sight across refreshes, which open nothing.
        setInfo((before) => (before?.opened && !open ? { ...answer.value, opened: before.opened } : answer.value));
        setError(undefined);
      } else setError(answer.error);
    },
    [path],
  );

  useEffect(() => {
    setInfo(undefined);
    setError(undefined);
    const connected = engine.onDidConnect(() => void read(false));
    const changed = engine.on("machine", (event) => {
      if (event.kind === "stateChanged") void read(false);
      if (event.kind !== "namespaceChanged") return;
      const parent = parentPath(path).toLowerCase();
      if (event.directories.some((directory) => directory.toLowerCase() === parent)) void read(false);
    });
    return () => {
      connected.dispose();
      changed.dispose();
    };
  }, [path, read]);

  return { info, error, isOpening, refresh: () => void read(false), openToQuery: () => void read(true) };
}
