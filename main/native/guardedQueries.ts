/**
 * Questions that may hang in the kernel, asked in a thread that is given up when it does not answer in time. A thread that
 * is stuck in a system call cannot be ended: it is lost, so only so many may be (docs/decisions/0015-query-thread.md).
 */
import { STATUS_TIMEOUT } from "../../native-bindings/abi/ntstatus/codes";
import { fail, ntscopeError, type Result } from "../machine/result";
import { failNt } from "../machine/statusText";
import type { AskObject, ObjectQuestion } from "./objectQuestions";

/** One thread as it is used here. Its first message says that it is ready; each further one is an answer. */
export interface QueryThread {
  post(question: ObjectQuestion): void;
  onMessage(listener: (answer: unknown) => void): void;
  onFailed(listener: (error: Error) => void): void;
  /** Told when it has really ended, which a stuck one does when its call returns. */
  onGone(listener: () => void): void;
  /** Whether the process must stay for it. */
  setBusy(isBusy: boolean): void;
  terminate(): void;
}

/** Ms for one question, from when the thread takes it. */
const LIMIT = 2_000;
/** Ms for a thread to start. */
const START_LIMIT = 30_000;
/** Each costs a thread's stack and heap, some MB, until NtScope ends. */
const MOST_HUNG = 4;

const timedOut = failNt(
  STATUS_TIMEOUT,
  `Windows did not answer within ${LIMIT / 1000} s: a driver or a server holds the call.`,
);
const tooManyHung = fail(
  ntscopeError(
    "too-many-hung",
    `${MOST_HUNG} queries hang in the system already, each with a thread that cannot be ended. NtScope asks no more ` +
      "until one of them returns, or until it is started anew.",
  ),
);
const closed = fail(ntscopeError("machine-closed", "The machine was closed."));

type Answer = Result<unknown>;

class RunningThread {
  hasFailed = false;
  #settle: ((answer: Answer | "ready") => void) | undefined;
  #early: Answer | "ready" | undefined;

  constructor(readonly thread: QueryThread) {
    const settle = (answer: Answer | "ready") => {
      if (this.#settle === undefined) this.#early = answer;
      else this.#settle(answer);
    };
    thread.onMessage((message) => settle(message as Answer | "ready"));
    thread.onFailed((error) => {
      this.hasFailed = true;
      settle(fail(ntscopeError("query-failed", error.message)));
    });
  }

  /** Its next message; undefined when none comes within so many ms. */
  next(limit: number): Promise<Answer | "ready" | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(undefined), limit);
      const settle = (answer: Answer | "ready" | undefined) => {
        this.#settle = undefined;
        clearTimeout(timer);
        resolve(answer);
      };
      this.#settle = settle;
      if (this.#early === undefined) return;
      settle(this.#early);
      this.#early = undefined;
    });
  }
}

export class GuardedQueries {
  #thread: RunningThread | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #hung = 0;
  #isDisposed = false;

  /** @param onHung called when a thread is lost */
  constructor(
    private readonly start: () => QueryThread,
    private readonly onHung: () => void,
  ) {}

  /** Threads that are lost now. */
  get hung(): number {
    return this.#hung;
  }

  /** One question at a time, in their order. */
  readonly ask = ((question: ObjectQuestion) => {
    const answer = this.#last.then(() => this.#askNow(question));
    this.#last = answer.catch(() => undefined);
    return answer;
  }) as AskObject;

  async #askNow(question: ObjectQuestion): Promise<Answer> {
    if (this.#isDisposed) return closed;
    if (this.#hung >= MOST_HUNG) return tooManyHung;
    const thread = await this.#ready();
    if (!(thread instanceof RunningThread)) return thread;
    thread.thread.setBusy(true);
    const next = thread.next(LIMIT);
    thread.thread.post(question);
    const answer = await next;
    thread.thread.setBusy(false);
    if (thread.hasFailed) this.#thread = undefined;
    if (answer !== undefined && answer !== "ready") return answer;
    this.#lose(thread);
    return timedOut;
  }

  async #ready(): Promise<RunningThread | Answer> {
    if (this.#thread !== undefined) return this.#thread;
    const thread = new RunningThread(this.start());
    const first = await thread.next(START_LIMIT);
    if (first === "ready") {
      this.#thread = thread;
      return thread;
    }
    if (first !== undefined) return first;
    this.#lose(thread);
    return timedOut;
  }

  #lose(lost: RunningThread): void {
    this.#thread = undefined;
    this.#hung += 1;
    lost.thread.onGone(() => {
      this.#hung -= 1;
    });
    lost.thread.terminate();
    // After that, which makes the process wait for the thread.
    lost.thread.setBusy(false);
    this.onHung();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#thread?.thread.terminate();
    this.#thread = undefined;
  }
}
