/**
 * The debugger's side of the KD serial protocol for one purpose: to hear what the target prints and never to keep it
 * waiting. Bytes in, bytes out; no clock: who owns it calls `tick`.
 *
 * The protocol is stop-and-wait: each side has one data packet under way, named by an id whose lowest bit toggles, and
 * sends it until it is acknowledged. A target that gets no acknowledgement takes the debugger for gone and is silent.
 */
import { type KdDebugIo, promptAnswer, readDebugIo } from "./kdDebugIo";
import { KdFramer } from "./kdFramer";
import { encodeControlPacket, encodeDataPacket, type KdPacket } from "./kdPacket";
import {
  BREAKIN_PACKET_BYTE,
  DbgKdGetContextApi,
  DbgKdSetContextApi,
  INITIAL_PACKET_ID,
  PACKET_TYPE_KD_ACKNOWLEDGE,
  PACKET_TYPE_KD_DEBUG_IO,
  PACKET_TYPE_KD_FILE_IO,
  PACKET_TYPE_KD_RESEND,
  PACKET_TYPE_KD_RESET,
  PACKET_TYPE_KD_STATE_CHANGE32,
  PACKET_TYPE_KD_STATE_CHANGE64,
  PACKET_TYPE_KD_STATE_MANIPULATE,
  SYNC_PACKET_ID,
} from "./kdProtocol";
import {
  contextBehindBreakpoint,
  continueRequest,
  continueStatus,
  DBG_CONTINUE,
  fileRefusal,
  isBreakpoint,
  type KdStop,
  manipulateRequest,
  readStop,
} from "./kdStateChange";

/** Ignore: the answer to a failed assertion ("Break, Ignore, ...?"). An empty one would be asked again, for ever. */
export const PROMPT_ANSWER = "i";

/** How often a packet is sent before its target is taken for gone. */
const MAX_SENDS = 20;

export interface KdSessionListener {
  send(bytes: Uint8Array): void;
  /** What the target prints, and its prompts. */
  print(text: Uint8Array): void;
  /** Bytes of a line that has not spoken KD so far. */
  plainText(bytes: Uint8Array): void;
  /** The first packet has come: the line speaks KD. */
  connected(): void;
  resumed(stop: KdStop): void;
  /** The target wanted one of our files. */
  refusedFile(): void;
  /** A packet came broken and was asked for again. */
  broken(): void;
  skipped(bytes: number): void;
  /** The target has not acknowledged a packet that was sent twenty times: it may stand still. */
  gaveUp(): void;
}

interface SentPacket {
  readonly id: number;
  readonly bytes: Uint8Array;
  sends: number;
}

/** What the next answer to a request is for. */
interface Skipping {
  readonly stop: KdStop;
  readonly asked: typeof DbgKdGetContextApi | typeof DbgKdSetContextApi;
}

export class KdSession {
  private readonly framer: KdFramer;
  private nextId = INITIAL_PACKET_ID;
  /** Undefined until the target has sent a packet: who comes late does not know where it is. */
  private expectedId: number | undefined;
  private lastPayload: Uint8Array = new Uint8Array(0);
  private sent: SentPacket | undefined;
  private skipping: Skipping | undefined;
  /** A RESET of ours is under way, so the next one is its answer. */
  private isResetting = false;
  private isConnected = false;

  constructor(private readonly listener: KdSessionListener) {
    this.framer = new KdFramer({
      packet: (packet) => this.take(packet),
      text: (bytes) => listener.plainText(bytes),
      skipped: (count) => listener.skipped(count),
      broken: () => {
        listener.broken();
        listener.send(encodeControlPacket(PACKET_TYPE_KD_RESEND, 0));
      },
    });
  }

  push(chunk: Uint8Array): void {
    this.framer.push(chunk);
  }

  /** The line has ended. */
  flush(): void {
    this.framer.flush();
  }

  /**
   * Asks the target to begin anew, which makes one that waits send its last packet again.
   * @param breakIn also stops a target that runs and has given its debugger up; it is resumed at once
   */
  hello(breakIn: boolean): void {
    this.isResetting = true;
    this.listener.send(encodeControlPacket(PACKET_TYPE_KD_RESET, 0));
    if (breakIn) this.listener.send(Uint8Array.of(BREAKIN_PACKET_BYTE));
  }

  /** Call about once a second: sends again what was not acknowledged. */
  tick(): void {
    if (this.sent === undefined) return;
    this.sent.sends += 1;
    if (this.sent.sends <= MAX_SENDS) {
      this.listener.send(this.sent.bytes);
      return;
    }
    this.sent = undefined;
    this.listener.gaveUp();
  }

  private take(packet: KdPacket): void {
    if (!this.isConnected) {
      this.isConnected = true;
      this.listener.connected();
    }
    if (packet.isControl) this.takeControl(packet);
    else this.takeData(packet);
  }

  private takeControl({ type, id }: KdPacket): void {
    if (type === PACKET_TYPE_KD_ACKNOWLEDGE) {
      if (id === this.sent?.id) this.sent = undefined;
    } else if (type === PACKET_TYPE_KD_RESEND) {
      if (this.sent) this.listener.send(this.sent.bytes);
    } else if (type === PACKET_TYPE_KD_RESET) {
      this.takeReset();
    }
  }

  /** A target answers each RESET with one, as we do: ours must not be answered again or it never ends. */
  private takeReset(): void {
    this.nextId = INITIAL_PACKET_ID;
    this.expectedId = undefined;
    this.sent = undefined;
    this.skipping = undefined;
    const isAnswer = this.isResetting;
    this.isResetting = !isAnswer;
    if (!isAnswer) this.listener.send(encodeControlPacket(PACKET_TYPE_KD_RESET, 0));
  }

  private takeData(packet: KdPacket): void {
    const id = (packet.id & ~SYNC_PACKET_ID) >>> 0;
    this.listener.send(encodeControlPacket(PACKET_TYPE_KD_ACKNOWLEDGE, id));
    const isFirst = (packet.id & SYNC_PACKET_ID) !== 0 || this.expectedId === undefined;
    if (!isFirst && id !== this.expectedId) return;
    // A SYNC packet is sent again when our acknowledgement was late; a target that booted anew has another to send.
    if (isFirst && this.expectedId === otherId(id) && isSame(packet.payload, this.lastPayload)) return;
    this.isResetting = false;
    this.expectedId = otherId(id);
    this.lastPayload = packet.payload;
    // The target waits for our packet before it sends its own, so it has got it, whatever became of the acknowledgement.
    this.sent = undefined;
    this.answer(packet);
  }

  private answer({ type, payload }: KdPacket): void {
    switch (type) {
      case PACKET_TYPE_KD_DEBUG_IO:
        this.takeDebugIo(payload, readDebugIo(payload));
        break;
      case PACKET_TYPE_KD_STATE_CHANGE32:
      case PACKET_TYPE_KD_STATE_CHANGE64:
        this.takeStop(type, readStop(payload));
        break;
      case PACKET_TYPE_KD_STATE_MANIPULATE:
        this.takeAnswer(payload);
        break;
      case PACKET_TYPE_KD_FILE_IO:
        this.listener.refusedFile();
        this.sendData(PACKET_TYPE_KD_FILE_IO, fileRefusal(payload));
        break;
    }
  }

  private takeDebugIo(payload: Uint8Array, io: KdDebugIo | undefined): void {
    if (io === undefined) return;
    this.listener.print(io.text);
    if (io.kind !== "prompt") return;
    const answer = promptAnswer(payload, PROMPT_ANSWER, io.room);
    this.listener.print(new TextEncoder().encode(` ${PROMPT_ANSWER}\n`));
    this.sendData(PACKET_TYPE_KD_DEBUG_IO, answer);
  }

  /** Every stop is resumed, or the target would stay frozen. */
  private takeStop(type: number, stop: KdStop | undefined): void {
    if (stop === undefined) return;
    this.listener.resumed(stop);
    // The old 32-bit packet has another layout behind its first fields.
    if (type === PACKET_TYPE_KD_STATE_CHANGE32) this.resume(stop, DBG_CONTINUE);
    else if (isBreakpoint(stop)) this.ask(stop, DbgKdGetContextApi);
    else this.resume(stop, continueStatus(stop));
  }

  private takeAnswer(payload: Uint8Array): void {
    const { skipping } = this;
    if (skipping === undefined) return;
    const context = skipping.asked === DbgKdGetContextApi ? contextBehindBreakpoint(skipping.stop, payload) : undefined;
    if (context === undefined) this.resume(skipping.stop, DBG_CONTINUE);
    else this.ask(skipping.stop, DbgKdSetContextApi, context);
  }

  private ask(stop: KdStop, asked: Skipping["asked"], data?: Uint8Array): void {
    this.skipping = { stop, asked };
    this.sendData(PACKET_TYPE_KD_STATE_MANIPULATE, manipulateRequest(asked, stop, data));
  }

  private resume(stop: KdStop, status: number): void {
    this.skipping = undefined;
    this.sendData(PACKET_TYPE_KD_STATE_MANIPULATE, continueRequest(stop, status));
  }

  private sendData(type: number, payload: Uint8Array): void {
    const bytes = encodeDataPacket(type, this.nextId, payload);
    this.sent = { id: this.nextId, bytes, sends: 1 };
    this.nextId = otherId(this.nextId);
    this.listener.send(bytes);
  }
}

function otherId(id: number): number {
  return (id ^ 1) >>> 0;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
