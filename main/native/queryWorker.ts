/** The query thread's own script: answers one question after the other. It may never come back from one. */
import { parentPort } from "node:worker_threads";
import { ntscopeError } from "../machine/result";
import { answerQuestion } from "./objectAnswers";
import type { ObjectQuestion } from "./objectQuestions";

parentPort?.on("message", (question: ObjectQuestion) => {
  let answer: unknown;
  try {
    answer = answerQuestion(question);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    answer = { ok: false, error: ntscopeError("query-failed", message) };
  }
  parentPort?.postMessage(answer);
});
parentPort?.postMessage("ready");
