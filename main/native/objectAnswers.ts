/** Answers questions about an object with the system's calls, any of which may hang: run it in the query thread. */
import { READ_CONTROL } from "../../native-bindings/abi/access";
import { NT_SUCCESS } from "../../native-bindings/abi/ntstatus/ntStatus";
import { objectAttributes as attributeNames } from "../../native-bindings/abi/objectAttributes";
import { OBJECT_BASIC_INFORMATION } from "../../native-bindings/abi/structures/nativeQueries";
import type { NativeFunction } from "../../native-bindings/koffi/library";
import { NtQueryObject } from "../../native-bindings/koffi/ntdll";
import type { NamedField } from "../machine/fieldValue";
import { count, failedField, field, flagsValue } from "../machine/fieldValues";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import { failNt } from "../machine/statusText";
import { visibleText } from "../machine/visibleText";
import { deviceFields } from "./deviceFields";
import { withHandle } from "./nativeHandle";
import type { ObjectAnswers, ObjectQuestion, QuestionOf } from "./objectQuestions";
import { accountName, readSecurity } from "./readSecurity";
import { type NativeQuery, type NativeType, nativeTypes, unopenable } from "./typeTable";

type Answering = { [K in keyof ObjectAnswers]: (question: QuestionOf<K>) => Result<ObjectAnswers[K]> };

const answers: Answering = {
  counts: ({ path, type }) =>
    withType(type, ({ open, access }) => withHandle(open, path, access, (handle) => countFields(handle))),
  state: ({ path, type }) =>
    withType(type, ({ open, access, queries }) =>
      withHandle(open, path, access, (handle) => ok(stateFields(handle, queries))),
    ),
  security: ({ path, type }) => withType(type, ({ open }) => withHandle(open, path, READ_CONTROL, readSecurity)),
  handleSecurity: ({ handle }) => readSecurity(handle),
  device: ({ handle }) => deviceFields(handle),
  accounts: ({ sids }) => ok(sids.map(accountName)),
};

export function answerQuestion(question: ObjectQuestion): Result<unknown> {
  return (answers[question.kind] as (question: ObjectQuestion) => Result<unknown>)(question);
}

function withType<T>(type: string, use: (known: NativeType) => Result<T>): Result<T> {
  const known = Object.hasOwn(nativeTypes, type) ? nativeTypes[type] : undefined;
  if (known !== undefined) return use(known);
  const sentence = unopenable[type] ?? `NtScope knows no way to open an object of the type ${visibleText(type)}.`;
  return fail(ntscopeError("cannot-open", sentence));
}

/** NtQueryObject counts the handle that asks, so it is taken off again. */
function countFields(handle: bigint): Result<NamedField[]> {
  const { offset, size } = OBJECT_BASIC_INFORMATION;
  const basic = query(NtQueryObject, handle, 0, size);
  if (!basic.ok) return basic;
  const read = (at: number) => basic.value.readUInt32LE(at);
  return ok([
    field("handles", "Handles", count(Math.max(0, read(offset.HandleCount) - 1)), "Without the one that asked."),
    field(
      "references",
      "References",
      count(Math.max(0, read(offset.PointerCount) - 1)),
      "Without the one that asked. Since Windows 8 the system keeps some in reserve, so this is not the true count.",
    ),
    field("attributes", "Attributes", flagsValue(attributeNames, read(offset.Attributes))),
  ]);
}

/** A query that fails is a field that says so; the first one's answer decides which others there are. */
function stateFields(handle: bigint, queries: readonly NativeQuery[]): NamedField[] {
  const fields: NamedField[] = [];
  let first: Buffer | undefined;
  for (const { call, class: informationClass, layout, slack = 0, applies, fields: fieldsOf } of queries) {
    if (applies !== undefined && (first === undefined || !applies(first))) continue;
    const answer = query(call, handle, informationClass, layout.size + slack);
    if (!answer.ok) {
      fields.push(failedField(first === undefined ? "state" : layout.name, layout.name, answer.error));
      continue;
    }
    first ??= answer.value;
    fields.push(...fieldsOf(answer.value));
  }
  return fields;
}

function query(call: NativeFunction, handle: bigint, informationClass: number, size: number): Result<Buffer> {
  const answer = Buffer.alloc(size);
  const status = call(handle, informationClass, answer, answer.length, Buffer.alloc(4)) >>> 0;
  return NT_SUCCESS(status) ? ok(answer) : failNt(status);
}
