/**
 * DbgPrint and its kin (wdm.h), and the system calls that change the filter. A message that a mask drops is not even
 * formatted, only counted.
 */
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { type Ke, PASSIVE_LEVEL } from "../ke/ke";
import type { KernelHost } from "../kernelHost";
import type { KernelMemory } from "../mem/kernelMemory";
import { DPFLTR_DEFAULT_ID, DPFLTR_INFO_LEVEL } from "./components";
import { DebugFilterMasks } from "./filterMasks";
import { formatMessage } from "./formatMessage";
import { KernelTextMemory } from "./kernelText";
import { type VaList, ValueVaList } from "./vaList";

export interface PrintingThread {
  readonly processId: number;
  readonly threadId: number;
  readonly processName: string;
}

export class DebugPrint {
  readonly masks = new DebugFilterMasks();
  /** Told of each text that is printed; answers the number of the IRP it belongs to, 0 for none. */
  irpOf: ((text: string, time: number) => number) | undefined = undefined;
  readonly #text: KernelTextMemory;

  constructor(
    memory: KernelMemory,
    private readonly ke: Ke,
    private readonly host: KernelHost,
    private readonly current: () => PrintingThread,
  ) {
    this.#text = new KernelTextMemory(memory);
  }

  /** Component DEFAULT at level INFO, so Windows hides it unless the mask of DEFAULT has bit 3. */
  DbgPrint(format: string, ...values: readonly unknown[]): number {
    return this.DbgPrintEx(DPFLTR_DEFAULT_ID, DPFLTR_INFO_LEVEL, format, ...values);
  }

  /** @param level a bit number below 32, else a bit field */
  DbgPrintEx(component: number, level: number, format: string, ...values: readonly unknown[]): number {
    if (!this.masks.admit(component, level)) return STATUS_SUCCESS;
    const list = new ValueVaList(values, this.#text);
    this.#print(component, level, format, list);
    if (list.missing > 0) this.#reportMissing(format, list.missing);
    return STATUS_SUCCESS;
  }

  /** For arguments that lie where a compiled caller put them. */
  vDbgPrintEx(component: number, level: number, format: string, list: VaList): number {
    if (this.masks.admit(component, level)) this.#print(component, level, format, list);
    return STATUS_SUCCESS;
  }

  #print(component: number, level: number, format: string, list: VaList): void {
    const message = formatMessage(format, list);
    if (message.usesUnicode && this.ke.irql > PASSIVE_LEVEL) this.#reportUnicode(format);
    const { processId, threadId, processName } = this.current();
    const time = this.host.now();
    const irp = this.irpOf?.(message.text, time) ?? 0;
    this.host.didPrint({ text: message.text, component, level, processId, threadId, processName, time, irp });
  }

  #reportMissing(format: string, count: number): void {
    this.ke.report({
      rule: "missingPrintArguments",
      message: `DbgPrint: the format ${JSON.stringify(format)} wants ${count} more arguments than were given; Windows prints whatever lies on the stack.`,
    });
  }

  #reportUnicode(format: string): void {
    this.ke.report({
      rule: "unicodePrintAtRaisedIrql",
      message: `DbgPrint: the format ${JSON.stringify(format)} prints UTF-16 text, which is allowed only at PASSIVE_LEVEL (the IRQL is ${this.ke.irql}); Windows may stop with IRQL_NOT_LESS_OR_EQUAL.`,
    });
  }

  /** Unknown components count as DEFAULT; 0xFFFFFFFF is the WIN2000 mask. Windows asks for SeDebugPrivilege. */
  NtSetDebugFilterState(component: number, level: number, shown: boolean): number {
    this.masks.setState(component, level, shown);
    return STATUS_SUCCESS;
  }

  /** Whether such a message would be shown. */
  NtQueryDebugFilterState(component: number, level: number): boolean {
    return this.masks.isShown(component, level);
  }

  /** Messages of a component that its mask kept back. */
  droppedByMask(component: number): number {
    return this.masks.droppedByMask(component);
  }
}
