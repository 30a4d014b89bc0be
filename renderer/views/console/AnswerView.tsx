/** One answer in full: status in words, and the bytes that went out or came back, as text and hex. */
import type { ReactNode } from "react";
import { dumpText, type StatusError, visibleLine } from "../../../preload/shared";
import { ErrorText } from "../../ui/ErrorText";
import { HopTable } from "../objects/HopTable";
import { bytesWord, type ConsoleRow, statusOf } from "./consoleState";

/** Bytes shown: a dump of a megabyte would be 65,536 lines, and nobody reads them here. */
const MOST_SHOWN = 16_384;

export function AnswerView({ row }: { row: ConsoleRow }): ReactNode {
  const received = row.answer?.ok ? row.answer.value.data : undefined;
  const data = received ?? row.sent;
  return (
    <section className="answerView selectable" aria-label="Answer">
      {row.answer === undefined ? (
        <p className="muted">The driver holds this request.</p>
      ) : row.answer.ok ? (
        <p>
          <span className="mono">{statusOf(row.answer).name}</span>{" "}
          <span className="mono">({statusOf(row.answer).status})</span>: {statusOf(row.answer).message}
        </p>
      ) : (
        <Refusal error={row.answer.error} />
      )}
      {data && data.length > 0 ? <Bytes data={data} title={received ? "Received" : "Sent"} /> : null}
    </section>
  );
}

function Refusal({ error }: { error: StatusError }): ReactNode {
  const { why } = error;
  return (
    <>
      <ErrorText error={error} />
      {why && why.length > 0 ? (
        <details className="answerWhy" open>
          <summary>Why</summary>
          <HopTable hops={why} />
        </details>
      ) : null}
    </>
  );
}

function Bytes({ data, title }: { data: Uint8Array; title: string }): ReactNode {
  const shown = data.subarray(0, MOST_SHOWN);
  return (
    <>
      <h3>
        {title}: {data.length.toLocaleString("en-US")} {bytesWord(data.length)}
        {shown.length < data.length ? `, the first ${MOST_SHOWN.toLocaleString("en-US")} shown` : ""}
      </h3>
      <p className="answerText mono">{visibleLine(new TextDecoder().decode(shown))}</p>
      <pre className="mono">{dumpText(shown)}</pre>
    </>
  );
}
